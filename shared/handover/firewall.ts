/** How a firewall wants to be told. */
export const firewallFormats = ['list', 'iptables', 'nftables', 'aws'] as const
export type FirewallFormat = (typeof firewallFormats)[number]

export const firewallNames: Record<FirewallFormat, string> = {
  list: 'Plain list',
  iptables: 'iptables',
  nftables: 'nftables',
  aws: 'AWS security group',
}

type Way = {
  /** Addresses or networks (CIDR), IPv4 or IPv6. */
  addresses: readonly string[]
  port: number
  /** Who is called: for comments. */
  provider: string
}

const isSix = (address: string) => address.includes(':')
const asNetwork = (address: string) => (address.includes('/') ? address : `${address}/${isSix(address) ? 128 : 32}`)
/** Comments of firewalls take letters, digits and few signs. */
const plain = (text: string) => text.replace(/[^\w .-]/g, '').slice(0, 60)

/** Lets calls to the provider out, TCP to one port, and nothing else. */
export function firewallLines(format: FirewallFormat, way: Way): string {
  const { addresses, port } = way
  switch (format) {
    case 'list':
      return `${addresses.join('\n')}\n`
    case 'iptables':
      return addresses.map((address) => iptablesLine(address, way)).join('')
    case 'nftables':
      return nftables(way)
    case 'aws': {
      const networks = (six: boolean) => addresses.filter((address) => isSix(address) === six).map(asNetwork)
      const ranges = { IpRanges: networks(false), Ipv6Ranges: networks(true) }
      const told = (key: 'CidrIp' | 'CidrIpv6', list: string[]) =>
        list.map((network) => ({ [key]: network, Description: plain(way.provider) }))
      const permission = {
        IpProtocol: 'tcp',
        FromPort: port,
        ToPort: port,
        ...(ranges.IpRanges.length > 0 && { IpRanges: told('CidrIp', ranges.IpRanges) }),
        ...(ranges.Ipv6Ranges.length > 0 && { Ipv6Ranges: told('CidrIpv6', ranges.Ipv6Ranges) }),
      }
      return `${JSON.stringify([permission], null, 2)}\n`
    }
  }
}

const iptablesLine = (address: string, { port, provider }: Way) =>
  `${isSix(address) ? 'ip6tables' : 'iptables'} -A OUTPUT -p tcp -d ${asNetwork(address)} --dport ${port} -m conntrack --ctstate NEW,ESTABLISHED -m comment --comment "${plain(provider)}" -j ACCEPT\n`

function nftables({ addresses, port, provider }: Way): string {
  const rule = (family: 'ip' | 'ip6', six: boolean) => {
    const own = addresses.filter((address) => isSix(address) === six)
    return own.length === 0
      ? []
      : [
          `add rule inet filter output ${family} daddr { ${own.join(', ')} } tcp dport ${port} accept comment "${plain(provider)}"`,
        ]
  }
  return `${[...rule('ip', false), ...rule('ip6', true)].join('\n')}\n`
}

/** What to do with the lines, in a sentence. */
export const firewallNotes: Record<FirewallFormat, string> = {
  list: 'Addresses change: compare with the provider’s page at each renewal.',
  iptables: 'Rules are gone after a restart unless they are saved (iptables-save, netfilter-persistent).',
  nftables: 'Expects a table inet filter with a chain output; save with: nft list ruleset.',
  aws: 'aws ec2 authorize-security-group-egress --group-id GROUP --ip-permissions file://egress.json',
}
