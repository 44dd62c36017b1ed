# PID 1 of a host, until it becomes the sensor. Builds the host's own root and leaves the machine's behind.
# Arguments: host name, size of its disk, number of files, software layer or nothing, then the sensor's command.
# Descriptors: 3 the trace, opened outside; 4 an archive of the files the host is born with.
set -eu
umask 022
name=$1 size=$2 inodes=$3 layer=$4
shift 4
# This /proc is the machine's, so this is the number by which the driver can wire us.
read -r pid _ < /proc/self/stat
echo "$pid"

hostname "$name"
if [ -e /proc/sys/net/ipv6/conf/default/disable_ipv6 ]; then echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6; fi

mount --no-mtab -t tmpfs -o "size=$size,nr_inodes=$inodes,mode=0755" disk /sys/root
cd /sys/root
mkdir -p -m 0755 usr proc sys dev dev/pts etc home root run var .tocsin
mkdir -m 1777 tmp var/tmp dev/shm
for folder in bin sbin lib lib32 lib64 libx32; do
  if [ -L "/$folder" ]; then
    cp -P "/$folder" .
  elif [ -d "/$folder" ]; then
    mkdir "$folder"
    mount --rbind "/$folder" "$folder"
    mount -o remount,bind,ro "$folder"
  fi
done
for device in null zero full random urandom tty; do : > "dev/$device"; done

programs="/sys/usr /sys/root/usr none rbind"
if [ -n "$layer" ]; then
  programs="software /sys/root/usr overlay ro,nosuid,nodev,lowerdir=/sys/software/$layer/usr:/sys/usr"
fi
# One process mounts many. It reads plain files only; the archive below brings another /etc/fstab.
echo "
$programs
proc /sys/root/proc proc nosuid,nodev,noexec,hidepid=2
/dev/null /sys/root/dev/null none bind
/dev/zero /sys/root/dev/zero none bind
/dev/full /sys/root/dev/full none bind
/dev/random /sys/root/dev/random none bind
/dev/urandom /sys/root/dev/urandom none bind
/dev/tty /sys/root/dev/tty none bind
pts /sys/root/dev/pts devpts newinstance,ptmxmode=0666,mode=0620
harness /sys/root/.tocsin tmpfs size=1m,mode=0755
" > etc/fstab
mount --no-mtab --all --fstab etc/fstab
: > .tocsin/node
mkdir .tocsin/host
echo "
/sys/node /sys/root/.tocsin/node none bind
/sys/host /sys/root/.tocsin/host none bind
/sys/root/proc/sys /sys/root/proc/sys none bind
" > etc/fstab
mount --no-mtab --all --fstab etc/fstab
mount --no-mtab -o remount,bind,ro,nosuid,nodev,noexec proc/sys

pivot_root . .
umount --lazy .
cd /
tar --extract --preserve-permissions --no-same-owner --file=- <&4
exec 4<&-
exec "$@"
