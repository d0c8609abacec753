import { apache } from './apache.ts'
import { awsAlb } from './aws-alb.ts'
import { awsApiGateway } from './aws-api-gateway.ts'
import { caddy } from './caddy.ts'
import type { Configure, ServerConfiguration } from './configuration.ts'
import { envoy } from './envoy.ts'
import { express } from './express.ts'
import { fastify } from './fastify.ts'
import { go } from './go.ts'
import { haproxy } from './haproxy.ts'
import { ingressNginx } from './ingress-nginx.ts'
import { nginx } from './nginx.ts'
import { node } from './node.ts'
import type { ServerKind, ServerWish } from './server-wish.ts'
import { springBoot } from './spring-boot.ts'

const servers: Record<ServerKind, { name: string; configure: Configure }> = {
  nginx: { name: 'nginx', configure: nginx },
  apache: { name: 'Apache httpd', configure: apache },
  haproxy: { name: 'HAProxy', configure: haproxy },
  envoy: { name: 'Envoy', configure: envoy },
  caddy: { name: 'Caddy', configure: caddy },
  node: { name: 'Node (https)', configure: node },
  express: { name: 'Express', configure: express },
  fastify: { name: 'Fastify', configure: fastify },
  'spring-boot': { name: 'Spring Boot', configure: springBoot },
  go: { name: 'Go', configure: go },
  'ingress-nginx': { name: 'Kubernetes ingress-nginx', configure: ingressNginx },
  'aws-alb': { name: 'AWS Application Load Balancer', configure: awsAlb },
  'aws-api-gateway': { name: 'Amazon API Gateway', configure: awsApiGateway },
}

/** In the order in which they are offered. */
export const serverKinds = Object.keys(servers) as ServerKind[]

export const serverName = (server: ServerKind): string => servers[server].name

/** Servers that end TLS in the application itself: no header is passed on, and there is no upstream. */
export const withoutUpstream: ReadonlySet<ServerKind> = new Set([
  'node',
  'express',
  'fastify',
  'spring-boot',
  'go',
  'aws-alb',
  'aws-api-gateway',
])

/** The files and words for one server. The wish has passed `ServerWish`: what is in it cannot break out of its place. */
export const serverConfiguration = (server: ServerKind, wish: ServerWish): ServerConfiguration => ({
  server,
  name: servers[server].name,
  ...servers[server].configure(wish),
})
