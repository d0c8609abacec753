import { type IssueOrder, issue } from '../../electron/authority/issue.ts'
import type { SigningMeans } from '../../electron/authority/signers.ts'
import type { IssuedRecord } from '../../electron/vault/authority-record.ts'
import { newSerial } from '../../shared/authority/certificate-content.ts'
import { fieldsOfContent } from '../../shared/authority/certificate-fields.ts'
import type { Bytes } from '../../shared/pki/der.ts'
import type { NamePart } from '../../shared/pki/facts.ts'
import { admit } from '../../shared/pki/issue.ts'
import { generateKey } from '../../shared/pki/keys.ts'
import { pemBlocks } from '../../shared/pki/pem.ts'
import { buildRequest } from '../../shared/pki/x509.ts'

type Wish = {
  days?: number
  purposes?: ('clientAuth' | 'serverAuth')[]
  sans?: string[]
  /** Another subject than the request's. */
  subject?: NamePart[]
}

/** A client certificate that was asked for and decided, to be signed by an authority of the vault. */
export async function orderHere(
  means: SigningMeans,
  authority: string,
  name: string,
  { days = 30, purposes = ['clientAuth'], sans = [], subject }: Wish = {},
): Promise<IssueOrder & { pkcs8: Bytes }> {
  const record = await means.vault.authorities.find(authority)
  if (!record?.key) throw new Error('no such authority')
  const { pkcs8 } = await generateKey('ec-p256')
  const asked = [{ type: 'CN', value: name }]
  const request = await buildRequest({ pkcs8, key: 'ec-p256', subject: asked, subjectAltNames: sans })
  const certificateDer = pemBlocks(record.certificatePem)[0]!.der
  const order = { certificateDer, requestDer: request.der, days, now: means.now(), purposes }
  const admitted = await admit({ ...order, ...(subject && { subject }) })
  if (!admitted.ok) throw new Error(admitted.problem.code)
  const content = { ...admitted.value, serial: newSerial() }
  const fields = fieldsOfContent(content, record.key)
  if (!fields) throw new Error('not readable')
  const { der: requestDer, pem: requestPem } = request
  return { authority: record, requestDer, requestPem, content, fields, entry: { name }, pkcs8 }
}

/** A client certificate by an authority of the vault, through the book, with its key. */
export async function issueHere(
  means: SigningMeans,
  authority: string,
  name: string,
  wish: Wish = {},
): Promise<IssuedRecord & { pkcs8: Bytes }> {
  const { pkcs8, ...order } = await orderHere(means, authority, name, wish)
  const issued = await issue(means, order)
  if (!issued.ok) throw new Error(issued.problem.code)
  return { ...issued.value.record, pkcs8 }
}
