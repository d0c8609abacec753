import type { Configure } from './configuration.ts'
import { comment, purposeOf, text } from './pieces.ts'

const note = (...lines: string[]) => comment(lines, '#', '    ')

/** The Kubernetes community's ingress-nginx, by annotations. */
export const ingressNginx: Configure = (wish) => {
  const { certificate, clientCa, crl, depth, host, key, pin, upstream } = wish
  const servicePort = upstream.split(':').at(-1)
  const lists = crl ? ` --from-file=ca.crl=${crl}` : ''
  return {
    needs: 'ingress-nginx 1.0 or later; not the “NGINX Ingress Controller” of F5, whose annotations differ',
    prepare: [
      `kubectl create secret tls webhooks-server --cert=${certificate} --key=${key}`,
      `kubectl create secret generic webhooks-clients --from-file=ca.crt=${clientCa}${lists}`,
    ],
    check: 'kubectl apply --dry-run=server -f ingress.yaml',
    reload: 'kubectl apply -f ingress.yaml',
    refusesRevoked: crl !== undefined,
    proven: null,
    caveats: [
      'The project ended its maintenance in March 2026: for something new, choose a controller that is still mended.',
      'The application finds who called under the names that ingress-nginx gives: ssl-client-verify, ssl-client-subject-dn, ssl-client-issuer-dn, and ssl-client-cert (PEM with %xx). It sets them in place of what callers send.',
      'auth-tls-verify-client must be “on”: “optional” lets everybody in and “optional_no_ca” believes any signature.',
      ...(pin?.by === 'name'
        ? [
            'auth-tls-match-cn is a regular expression that is looked for in the subject: its dots stand for any character, and what follows the name is not looked at. Compare ssl-client-subject-dn in the application as well.',
          ]
        : []),
      ...(pin?.by === 'certificate'
        ? [
            'There is no annotation for one certificate: compare ssl-client-cert in the application, or nothing is pinned.',
          ]
        : []),
      ...(crl ? [] : ['Without ca.crl in the secret a revoked certificate gets in until it expires.']),
      'A changed secret is taken up by itself: after a new list, replace the secret.',
      'A load balancer before the cluster must hand TLS through: if it ends TLS, no certificate arrives here.',
    ],
    files: [
      {
        name: 'ingress.yaml',
        language: 'yaml',
        text: text([
          comment(purposeOf(wish)),
          'apiVersion: networking.k8s.io/v1',
          'kind: Ingress',
          'metadata:',
          '  name: webhooks',
          '  annotations:',
          note(
            'NAMESPACE/SECRET with ca.crt: who gets in, up to the root.',
            ...(crl ? ['Its ca.crl holds a list of each authority of the chain, one after the other.'] : []),
          ),
          '    nginx.ingress.kubernetes.io/auth-tls-secret: "default/webhooks-clients"',
          '    nginx.ingress.kubernetes.io/auth-tls-verify-client: "on"',
          note('Certificates between the caller’s and the root; 0 is taken for 1.'),
          `    nginx.ingress.kubernetes.io/auth-tls-verify-depth: "${Math.max(1, depth)}"`,
          note('Who called, for the application.'),
          '    nginx.ingress.kubernetes.io/auth-tls-pass-certificate-to-upstream: "true"',
          ...(pin?.by === 'name'
            ? [
                note('Of all that the authority has issued, only this common name gets in.'),
                `    nginx.ingress.kubernetes.io/auth-tls-match-cn: "CN=${pin.name}"`,
              ]
            : []),
          'spec:',
          '  ingressClassName: nginx',
          '  tls:',
          `    - hosts: ["${host}"]`,
          '      secretName: webhooks-server',
          '  rules:',
          `    - host: "${host}"`,
          '      http:',
          '        paths:',
          '          - path: /',
          '            pathType: Prefix',
          '            backend:',
          '              service:',
          '                name: application',
          `                port: { number: ${servicePort} }`,
        ]),
      },
    ],
  }
}
