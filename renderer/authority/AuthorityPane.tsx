import { CopyButton } from '../parts/CopyText.tsx'
import { FactList } from '../parts/FactList.tsx'
import { IdentityLink } from '../parts/IdentityLink.tsx'
import { OpenInInspect } from '../parts/OpenInInspect.tsx'
import { ValidityBar } from '../parts/ValidityBar.tsx'
import classes from './AuthorityRoom.module.css'
import type { Authority, Dependent } from './authorities.ts'

function Dependents({ title, list }: { title: string; list: Dependent[] }) {
  if (list.length === 0) return null
  return (
    <section>
      <h3>{title}</h3>
      <ul className={classes.dependents}>
        {list.map((one) => (
          <li key={one.handle}>
            <IdentityLink identity={one} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** One authority: who depends on it, until when, and its certificate. */
export function AuthorityPane({ authority, today }: { authority: Authority; today: Date }) {
  const { facts, pem, name, issued, vouchesFor, practice } = authority
  return (
    <>
      <h2 className={classes.title}>
        <bdi>{name}</bdi>
      </h2>
      {practice && (
        <p className="dim">Of the practice provider on this computer. No real server accepts or shows it.</p>
      )}
      {!facts && (
        <p>
          Its certificate did not come back with yours. Calls work without it where the provider knows its own
          authority; if a server asks for the whole chain, ask the provider for this certificate and attach both
          together.
        </p>
      )}
      {facts?.notBefore && facts.notAfter && (
        <ValidityBar notBefore={facts.notBefore} notAfter={facts.notAfter} today={today} />
      )}
      <div className={classes.columns}>
        <Dependents title="Issued the certificates of" list={issued} />
        <Dependents title="Vouches for the servers of" list={vouchesFor} />
      </div>
      {facts && (
        <section>
          <h3>Certificate</h3>
          <FactList facts={facts} today={today} />
        </section>
      )}
      {pem && (
        <div className={classes.actions}>
          <CopyButton text={pem} what="PEM" />
          <OpenInInspect pem={pem} />
        </div>
      )}
    </>
  )
}
