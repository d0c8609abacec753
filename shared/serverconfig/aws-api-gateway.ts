import type { ConfigurationFile, Configure } from './configuration.ts'
import { comment, purposeOf, text } from './pieces.ts'
import type { ServerPin } from './server-wish.ts'

/** Amazon API Gateway (HTTP API): mutual TLS belongs to a custom domain name, with a trust store in S3. */
export const awsApiGateway: Configure = (wish) => {
  const { clientCa, host, pin } = wish
  return {
    needs: 'AWS CLI 2; an HTTP API, a Regional custom domain name, a server certificate in ACM',
    prepare: [],
    check: `aws apigatewayv2 get-domain-name --domain-name ${host} --query MutualTlsAuthentication`,
    reload: `aws apigatewayv2 update-domain-name --domain-name ${host} --mutual-tls-authentication "TruststoreUri=s3://$BUCKET/clients.crt,TruststoreVersion=$VERSION"`,
    refusesRevoked: false,
    proven: null,
    caveats: [
      'A new object in the trust store is not taken up by itself: the domain name has to be told its version.',
      'API Gateway looks at no revocation list: a revoked certificate gets in until it expires. An authorizer that knows the revoked serial numbers can refuse it.',
      'The default execute-api address knows nothing of mutual TLS: it stays open until it is switched off, as the last line does.',
      'The application finds who called in requestContext.authentication.clientCert (HTTP API) or requestContext.identity.clientCert (REST API), which callers cannot write.',
      ...(pin ? [] : ['Every certificate of the authority gets in: an authorizer can compare the subject.']),
    ],
    files: [
      {
        name: 'api-gateway-trust-store.sh',
        language: 'shell',
        text: text([
          '#!/bin/sh',
          'set -eu',
          comment([...purposeOf(wish), 'Set the three names first.']),
          'BUCKET=my-trust-stores',
          'API=abcdef1234',
          'CERTIFICATE=arn:aws:acm:REGION:ACCOUNT:certificate/ID',
          '',
          comment([
            'Who gets in: the authorities, up to the root, in one file. With versioning a mistake can be taken back.',
          ]),
          'aws s3api put-bucket-versioning --bucket "$BUCKET" --versioning-configuration Status=Enabled',
          `VERSION=$(aws s3api put-object --bucket "$BUCKET" --key clients.crt --body ${clientCa} \\`,
          '  --query VersionId --output text)',
          '',
          comment(['Refuses in the handshake whoever has no certificate of these authorities.']),
          `aws apigatewayv2 create-domain-name --domain-name ${host} \\`,
          '  --domain-name-configurations "CertificateArn=$CERTIFICATE,EndpointType=REGIONAL,SecurityPolicy=TLS_1_2" \\',
          '  --mutual-tls-authentication "TruststoreUri=s3://$BUCKET/clients.crt,TruststoreVersion=$VERSION"',
          `aws apigatewayv2 create-api-mapping --domain-name ${host} --api-id "$API" --stage '$default'`,
          '',
          comment(['The way around: without this line the API answers everybody under its own address.']),
          'aws apigatewayv2 update-api --api-id "$API" --disable-execute-api-endpoint',
        ]),
      },
      ...(pin ? [authorizer(pin)] : []),
    ],
  }
}

const authorizer = (pin: ServerPin): ConfigurationFile => ({
  name: 'authorizer.mjs',
  language: 'javascript',
  text: text([
    comment(
      [
        'A Lambda authorizer (payload format 2.0, simple responses). API Gateway has verified the chain before it asks.',
        pin.by === 'name'
          ? 'Of all that the authority has issued, only this name gets in.'
          : 'Of all that the authority has issued, this one certificate gets in: SHA-256 of it.',
      ],
      '//',
    ),
    "import { X509Certificate } from 'node:crypto'",
    '',
    'export const handler = async ({ requestContext }) => {',
    '  const pem = requestContext.authentication?.clientCert?.clientCertPem',
    '  const peer = pem ? new X509Certificate(pem) : null',
    pin.by === 'name'
      ? `  return { isAuthorized: peer !== null && peer.checkHost('${pin.name}', { wildcards: false }) !== undefined }`
      : `  return { isAuthorized: peer !== null && peer.fingerprint256.replaceAll(':', '').toLowerCase() === '${pin.sha256}' }`,
    '}',
  ]),
})
