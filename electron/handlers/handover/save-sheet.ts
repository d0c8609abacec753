import type { SheetForm } from '../../../shared/calls/handover.ts'
import { checklistOf, type Evidence, handoverFactsOf } from '../../../shared/handover/checklist.ts'
import { fileNameOf } from '../../../shared/handover/file-name.ts'
import { type Sheet, sheetOf } from '../../../shared/handover/sheet.ts'
import { escapeHtml, sheetHtml } from '../../../shared/handover/sheet-html.ts'
import { sheetMarkdown } from '../../../shared/handover/sheet-markdown.ts'
import type { Profile } from '../../../shared/providers/profile.ts'
import { ok, type Result, refuse } from '../../../shared/result.ts'
import { writeForUser } from '../../files.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'
import type { IdentityRecord } from '../../vault/identity-record.ts'
import { certificateFactsOf, findIdentity, requestFactsOf } from '../identity-detail.ts'
import { publicMode } from '../out-files.ts'
import { evidenceFor } from './read-handover.ts'

const files: Record<SheetForm, { extension: string; name: string }> = {
  'pdf-a4': { extension: 'pdf', name: 'PDF' },
  'pdf-letter': { extension: 'pdf', name: 'PDF' },
  html: { extension: 'html', name: 'Web page' },
  markdown: { extension: 'md', name: 'Markdown' },
}

/** Writes the onboarding sheet: public facts and the state of the checklist. */
export const saveSheet =
  (means: Means): Handlers['saveSheet'] =>
  async ({ identity, form }) => {
    const found = await findIdentity(means, identity)
    if (!found.ok) return found
    const { plan } = found.value
    const profile = await means.providers.find(plan.provider)
    if (!profile) return refuse({ code: 'plan.provider-unknown', provider: plan.provider })
    const sheet = await sheetFor(profile, found.value, await evidenceFor(means, plan), means.now())
    const { extension, name } = files[form]
    const path = await means.ask.saveAs({
      title: 'Save the onboarding sheet',
      name: `${fileNameOf(plan.name)}.onboarding.${extension}`,
      filters: [{ name, extensions: [extension] }],
    })
    if (path === null) return ok({ saved: null })
    const content = await contentOf(means, sheet, form)
    if (!content.ok) return content
    const problem = await writeForUser(path, content.value, publicMode)
    return problem ? refuse(problem) : ok({ saved: path })
  }

/** The sheet of an identity of the vault, open or locked: nothing in it is sealed. */
export async function sheetFor(
  profile: Profile,
  record: IdentityRecord,
  evidence: Evidence,
  now: Date,
): Promise<Sheet> {
  const { plan, certificatePem, requestPem, chainPem, practice, keyPlace } = record
  const certificateFacts = certificatePem === undefined ? undefined : certificateFactsOf(certificatePem)
  const items = checklistOf(profile, plan.environment, handoverFactsOf(record), evidence)
  return sheetOf({
    profile,
    identity: {
      plan,
      requestPem,
      requestFacts: await requestFactsOf(record),
      certificatePem,
      certificateFacts,
      issuers: chainPem.flatMap((pem) => certificateFactsOf(pem) ?? []),
      practice,
    },
    items,
    key: keyPlace
      ? `It is in the token “${keyPlace.token}” and never leaves it.`
      : 'It is sealed in the vault of Countersign.',
    now,
  })
}

async function contentOf({ print }: Means, sheet: Sheet, form: SheetForm): Promise<Result<string | Uint8Array>> {
  if (form === 'markdown') return ok(sheetMarkdown(sheet))
  const html = sheetHtml(sheet)
  if (form === 'html') return ok(html)
  try {
    return ok(await print({ html, paper: form === 'pdf-letter' ? 'Letter' : 'A4', foot: footOf(sheet) }))
  } catch {
    return refuse({ code: 'handover.not-printed' })
  }
}

/** The print engine draws it apart from the page, and with sizes of its own. */
const footOf = ({ name, madeOn }: Sheet) =>
  `<div style="display:flex;justify-content:space-between;gap:8mm;box-sizing:border-box;width:100%;padding:0 0.7in;font:7.5pt 'Noto Sans','Segoe UI',Arial,sans-serif;color:#5a6570"><span style="flex:1;min-width:0;overflow:hidden;white-space:nowrap;text-overflow:ellipsis">${escapeHtml(name)}</span><span style="flex:none">${escapeHtml(madeOn)}, page <span class="pageNumber"></span> of <span class="totalPages"></span></span></div>`
