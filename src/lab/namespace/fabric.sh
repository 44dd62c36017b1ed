# PID 1 of a lab: holds its namespaces until its standard input ends, and all of the lab with it.
set -eu
# Tests must not make users of their own, nor new namespaces with them.
echo 0 > /proc/sys/user/max_user_namespaces
# Zones speak IPv4 only; a fresh link must not announce itself either. A kernel without IPv6 has no such file.
if [ -e /proc/sys/net/ipv6/conf/default/disable_ipv6 ]; then echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6; fi
echo 1 > /proc/sys/net/ipv4/ip_forward
# Where this module is, frames would meet the router's rules on a bridge already, and be captured with the addresses it gives them.
if [ -e /proc/sys/net/bridge/bridge-nf-call-iptables ]; then echo 0 > /proc/sys/net/bridge/bridge-nf-call-iptables; fi
# This /proc is the machine's, so this is the number by which the machine knows us.
read -r pid _ < /proc/self/stat
echo "$pid"
exec cat > /dev/null
