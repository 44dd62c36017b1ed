# Gathers what hosts see of the machine, read-only, under /sys of a mount namespace of the lab's own (/sys is always there and
# holds nothing of what is gathered), then becomes the command. Arguments: node, folder of host programs, number of software
# layers, those (name and folder each), command.
# Runs as the caller, before the lab has users: those may not be allowed to walk to where these things are.
set -eu
node=$1 programs=$2 layers=$3
shift 3
mount -t tmpfs -o size=1m,mode=0755 tocsin /sys
mkdir /sys/usr /sys/host /sys/root /sys/software
: > /sys/node
mount --rbind /usr /sys/usr
mount --bind "$node" /sys/node
mount --bind "$programs" /sys/host
while [ "$layers" -gt 0 ]; do
  mkdir "/sys/software/$1"
  mount --bind "$2" "/sys/software/$1"
  shift 2
  layers=$((layers - 1))
done
# Flags of a mount that was made outside must be repeated, or the kernel refuses the change.
while read -r _ _ _ _ point flags _; do
  case $point in
    /sys/usr | /sys/usr/* | /sys/host | /sys/node | /sys/software/*) mount -o "remount,bind,$flags,ro,nosuid,nodev" "$point" ;;
  esac
done < /proc/self/mountinfo
exec "$@"
