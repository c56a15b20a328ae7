package fetch

import "net/netip"

// global are the IPv6 addresses that are given out for the public internet.
var global = netip.MustParsePrefix("2000::/3")

// special are ranges of the IANA registries of special-purpose addresses, of
// IPv4 and IPv6, that the methods of netip.Addr do not name. Those that carry an
// IPv4 address within them are here whole.
var special = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"),
	netip.MustParsePrefix("100.64.0.0/10"),
	netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("192.0.2.0/24"),
	netip.MustParsePrefix("192.88.99.0/24"),
	netip.MustParsePrefix("198.18.0.0/15"),
	netip.MustParsePrefix("198.51.100.0/24"),
	netip.MustParsePrefix("203.0.113.0/24"),
	netip.MustParsePrefix("240.0.0.0/4"),
	netip.MustParsePrefix("2001::/23"),
	netip.MustParsePrefix("2001:db8::/32"),
	netip.MustParsePrefix("2002::/16"),
	netip.MustParsePrefix("3fff::/20"),
}

// public says whether a connection may go to an address: one of the public
// internet, at a port of the web.
func public(at netip.AddrPort) bool {
	ip := at.Addr()
	if ip.Zone() != "" || at.Port() != 80 && at.Port() != 443 {
		return false
	}
	ip = ip.Unmap()
	if !ip.IsGlobalUnicast() || ip.IsPrivate() || ip.Is6() && !global.Contains(ip) {
		return false
	}
	for _, p := range special {
		if p.Contains(ip) {
			return false
		}
	}
	return true
}
