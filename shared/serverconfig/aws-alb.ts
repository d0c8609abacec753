import type { Configure } from './configuration.ts'
import { comment, purposeOf, text } from './pieces.ts'

/** AWS Application Load Balancer: a trust store, and a listener in the mode `verify`. */
export const awsAlb: Configure = (wish) => {
  const { clientCa, crl, host, pin } = wish
  return {
    needs: 'AWS CLI 2; an Application Load Balancer with an HTTPS listener and a server certificate in ACM',
    prepare: [],
    check: 'aws elbv2 describe-listeners --listener-arns "$LISTENER" --query "Listeners[].MutualAuthentication"',
    reload: null,
    refusesRevoked: crl !== undefined,
    proven: null,
    caveats: [
      'Mode verify shuts the door. Mode passthrough checks nothing: it hands every certificate to the application in X-Amzn-Mtls-Clientcert, which then has to verify the chain itself.',
      'The application finds who called in X-Amzn-Mtls-Clientcert-Subject, -Issuer, -Serial-Number, -Validity and -Leaf (PEM with %xx). Its security group must let in the load balancer alone: whoever reaches it directly can send these headers.',
      'Certificates of version 1, which some instructions for OpenSSL make, are not taken.',
      pin
        ? 'The load balancer pins nobody: every certificate of the authority gets in, until the application compares the subject or the certificate.'
        : 'Every certificate of the authority gets in: compare the subject in the application where only one caller may.',
      ...(crl
        ? [
            'A new list is added as one more revocation, and the old one removed: nothing is fetched from the addresses in certificates.',
          ]
        : ['Without a revocation list in the trust store a revoked certificate gets in until it expires.']),
      'The depth of the chain cannot be set: at most four intermediates.',
    ],
    files: [
      {
        name: 'alb-trust-store.sh',
        language: 'shell',
        text: text([
          '#!/bin/sh',
          'set -eu',
          comment([...purposeOf(wish), 'Set the four names first.']),
          'BUCKET=my-trust-stores',
          'LISTENER=arn:aws:elasticloadbalancing:REGION:ACCOUNT:listener/app/NAME/ID/ID',
          `NAME=webhooks-${host.replaceAll('.', '-').slice(0, 20)}`,
          '',
          comment(['Who gets in: the authorities, up to the root, in one file.']),
          `aws s3 cp ${clientCa} "s3://$BUCKET/$NAME/clients.crt"`,
          'STORE=$(aws elbv2 create-trust-store --name "$NAME" \\',
          '  --ca-certificates-bundle-s3-bucket "$BUCKET" --ca-certificates-bundle-s3-key "$NAME/clients.crt" \\',
          '  --query "TrustStores[0].TrustStoreArn" --output text)',
          ...(crl
            ? [
                '',
                comment(['Revoked certificates are refused from here on.']),
                `aws s3 cp ${crl} "s3://$BUCKET/$NAME/clients.crl"`,
                'aws elbv2 add-trust-store-revocations --trust-store-arn "$STORE" \\',
                '  --revocation-contents "S3Bucket=$BUCKET,S3Key=$NAME/clients.crl,RevocationType=CRL"',
              ]
            : []),
          '',
          comment([
            'verify refuses in the handshake. IgnoreClientCertificateExpiry=true would let in what has expired.',
          ]),
          'aws elbv2 modify-listener --listener-arn "$LISTENER" \\',
          '  --ssl-policy ELBSecurityPolicy-TLS13-1-2-2021-06 \\',
          '  --mutual-authentication "Mode=verify,TrustStoreArn=$STORE,IgnoreClientCertificateExpiry=false"',
        ]),
      },
    ],
  }
}
