import { IconAlertCircle, IconCircleCheckFilled, IconCircleDashed } from '@tabler/icons-react'
import type { ConfigurationFile, ServerConfiguration } from '../../shared/serverconfig/configuration.ts'
import { CodeBlock } from '../parts/CodeBlock.tsx'
import { CopyButton, CopyText } from '../parts/CopyText.tsx'
import classes from './ConfigurationView.module.css'

/** A server’s files as they will be written, with what it needs and what it cannot do. */
export function ConfigurationView({ made }: { made: ServerConfiguration }) {
  const { name, needs, proven, prepare, check, reload, caveats, files } = made
  return (
    <>
      <h2 className={classes.title}>{name}</h2>
      <p className={classes.proven} data-proven={proven !== null || undefined}>
        {proven ? <IconCircleCheckFilled size={15} aria-hidden /> : <IconCircleDashed size={15} aria-hidden />}
        {proven
          ? `Started from this file, and its door checked, by our tests: ${proven}`
          : 'Written from the documentation; our tests do not start this one'}
      </p>
      <dl className={classes.facts}>
        <Fact name="Needs">{needs}</Fact>
        {prepare.length > 0 && (
          <Fact name="Before">
            {prepare.map((line) => (
              <CopyText key={line} text={line} what="command" />
            ))}
          </Fact>
        )}
        {check && (
          <Fact name="Check it">
            <CopyText text={check} what="command that checks it" />
          </Fact>
        )}
        {reload && (
          <Fact name="Reload">
            <CopyText text={reload} what="command that reloads it" />
          </Fact>
        )}
      </dl>
      <h3 className={classes.heading}>Worth knowing</h3>
      <ul className={classes.caveats}>
        {caveats.map((one) => (
          <li key={one}>
            <IconAlertCircle size={15} stroke={1.8} aria-hidden />
            {one}
          </li>
        ))}
      </ul>
      {files.map((file) => (
        <File key={file.name} file={file} />
      ))}
    </>
  )
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function File({ file: { name, language, text } }: { file: ConfigurationFile }) {
  return (
    <section className={classes.file} aria-label={name}>
      <div className={classes.fileHead}>
        <h3 className="mono">{name}</h3>
        <CopyButton text={text} what={name.split('/').at(-1) ?? name} label="Copy" />
      </div>
      <CodeBlock label={`Text of ${name}`} className={classes.code} whole>
        {lines(text, language).map(({ key, line, isComment }) => (
          <span key={key} className={isComment ? classes.comment : undefined}>
            {line}
            {'\n'}
          </span>
        ))}
      </CodeBlock>
    </section>
  )
}

/** Comments are told apart by their first mark: that is all that these few languages need. */
function lines(text: string, language: ConfigurationFile['language']) {
  const mark = language === 'javascript' || language === 'java' || language === 'go' ? '//' : '#'
  return text
    .trimEnd()
    .split('\n')
    .map((line, at) => ({ key: `${at}`, line, isComment: line.trimStart().startsWith(mark) && !line.startsWith('#!') }))
}
