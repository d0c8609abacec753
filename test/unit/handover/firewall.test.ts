import { describe, expect, it } from 'vitest'
import { firewallFormats, firewallLines, firewallNotes } from '../../../shared/handover/firewall.ts'
import { builtInProfiles } from '../../../shared/providers/registry.ts'

const way = { addresses: ['44.235.37.104', '2001:db8::1', '10.1.0.0/16'], port: 8443, provider: 'Truv "sandbox"; $(x)' }

describe('firewall lines', () => {
  it('let out calls to each address and no other, in every format', () => {
    for (const format of firewallFormats) {
      const text = firewallLines(format, way)
      for (const address of way.addresses) expect(text, format).toContain(address)
      expect(text).not.toMatch(/0\.0\.0\.0|::\/0|\$\(|;/)
      expect(firewallNotes[format]).not.toBe('')
    }
  })

  it('keep the families apart', () => {
    expect(firewallLines('iptables', way).split('\n').filter(Boolean)).toEqual([
      expect.stringMatching(/^iptables .* -d 44\.235\.37\.104\/32 --dport 8443 /),
      expect.stringMatching(/^ip6tables .* -d 2001:db8::1\/128 --dport 8443 /),
      expect.stringMatching(/^iptables .* -d 10\.1\.0\.0\/16 --dport 8443 /),
    ])
    expect(firewallLines('nftables', way)).toBe(
      'add rule inet filter output ip daddr { 44.235.37.104, 10.1.0.0/16 } tcp dport 8443 accept comment "Truv sandbox x"\n' +
        'add rule inet filter output ip6 daddr { 2001:db8::1 } tcp dport 8443 accept comment "Truv sandbox x"\n',
    )
  })

  it('for AWS are what its command takes', () => {
    expect(JSON.parse(firewallLines('aws', way))).toEqual([
      {
        IpProtocol: 'tcp',
        FromPort: 8443,
        ToPort: 8443,
        IpRanges: [
          { CidrIp: '44.235.37.104/32', Description: 'Truv sandbox x' },
          { CidrIp: '10.1.0.0/16', Description: 'Truv sandbox x' },
        ],
        Ipv6Ranges: [{ CidrIpv6: '2001:db8::1/128', Description: 'Truv sandbox x' }],
      },
    ])
  })

  it('can be written for each provider that publishes addresses', () => {
    const published = builtInProfiles.flatMap(({ name, environments }) =>
      environments
        .filter(({ allowList }) => allowList.length > 0)
        .map(({ allowList, port }) => ({ name, allowList, port })),
    )
    expect(published.length).toBeGreaterThan(0)
    for (const { name, allowList, port } of published) {
      expect(firewallLines('list', { addresses: allowList, port, provider: name }).trim().split('\n')).toEqual(
        allowList,
      )
    }
  })
})
