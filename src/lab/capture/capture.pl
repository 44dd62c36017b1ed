# The capturer: a packet socket on each of these interfaces of the network namespace it is started in, and one pcapng file for
# all of them. Perl, because Node opens no packet sockets, and every Debian has this interpreter (perl-base is essential).
# Arguments: number of the descriptor for the file, of the one that gets the line `ready`, then interface names.
# Ends when its standard input does, after all frames that had arrived by then are written, with a statistics block for each
# interface: a file without them is not whole.
use strict;
use warnings;
use POSIX ();

# The frames come through a ring shared with the kernel (packet(7), packet_mmap.rst): copying each through a socket's own
# buffer loses most of a burst, since an ordinary user's buffer holds six large frames.
use constant {
  BLOCK_BYTES => 1 << 20,
  BLOCKS => 16,
  RETIRE_MS => 50,
  # Enough for any name that is asked for; the bulk of a download is counted and not kept.
  SNAP_BYTES => 4096,
};
use constant { AF_PACKET => 17, SOCK_RAW => 3, ETH_P_ALL => 3, SIOCGIFINDEX => 0x8933, LINKTYPE_ETHERNET => 1 };
use constant {
  SOL_SOCKET => 1,
  SO_ATTACH_FILTER => 26,
  SOL_PACKET => 263,
  PACKET_ADD_MEMBERSHIP => 1,
  PACKET_RX_RING => 5,
  PACKET_STATISTICS => 6,
  PACKET_VERSION => 10,
  PACKET_IGNORE_OUTGOING => 23,
  TPACKET_V3 => 2,
  PACKET_MR_PROMISC => 1,
};

# Perl has neither mmap nor a way to write to memory that is not its own; the system calls have.
my ($machine) = (POSIX::uname())[4];
my ($SYS_read, $SYS_mmap) = $machine eq 'x86_64' ? (0, 9) : $machine =~ /^(?:aarch64|riscv64|loongarch64)$/ ? (63, 222)
  : die "no capturing on $machine\n";

my ($fileNumber, $readyNumber, @names) = @ARGV;
open(my $file, '>>&=', $fileNumber) or die "descriptor $fileNumber: $!\n";
open(my $ready, '>>&=', $readyNumber) or die "descriptor $readyNumber: $!\n";
open(my $zero, '<', '/dev/zero') or die "/dev/zero: $!\n";

sub writeAll {
  my ($bytes) = @_;
  for (my $done = 0; $done < length $bytes;) {
    my $written = syswrite($file, $bytes, length($bytes) - $done, $done);
    next if !defined $written && $!{EINTR};
    die "write: $!\n" if !defined $written;
    $done += $written;
  }
}

sub option { my ($code, $value) = @_; return pack('SS', $code, length $value) . $value . "\0" x (-length($value) % 4) }

sub block {
  my ($type, $body) = @_;
  my $length = length($body) + 12;
  return pack('LL', $type, $length) . $body . pack('L', $length);
}

sub memory { my ($address, $length) = @_; return unpack("P$length", pack('J', $address)) }

# One instruction of the classic packet filter: keep this many bytes of every frame. None are kept and none counted with 0.
sub keepBytes {
  my ($socket, $bytes) = @_;
  my $program = pack('SCCL', 6, 0, 0, $bytes);
  setsockopt($socket, SOL_SOCKET, SO_ATTACH_FILTER, pack('Sx6P', 1, $program)) or die "filter: $!\n";
}

sub openInterface {
  my ($name) = @_;
  # Without a protocol it receives nothing until it is bound, when all is set.
  socket(my $socket, AF_PACKET, SOCK_RAW, 0) or die "socket: $!\n";
  my $request = pack('a16x24', $name);
  ioctl($socket, SIOCGIFINDEX, $request) or die "$name: $!\n";
  my $index = unpack('x16i', $request);
  setsockopt($socket, SOL_PACKET, PACKET_VERSION, pack('i', TPACKET_V3)) or die "ring version: $!\n";
  my @ring = (BLOCK_BYTES, BLOCKS, 2048, BLOCK_BYTES / 2048 * BLOCKS, RETIRE_MS, 0, 0);
  setsockopt($socket, SOL_PACKET, PACKET_RX_RING, pack('L7', @ring)) or die "ring: $!\n";
  my $address = syscall($SYS_mmap, 0, BLOCK_BYTES * BLOCKS, 3, 1, fileno($socket), 0);
  die "mmap: $!\n" if $address == -1;
  keepBytes($socket, SNAP_BYTES);
  if ($name eq 'lo') {
    # Loopback shows each frame twice, on its way out and on its way in.
    setsockopt($socket, SOL_PACKET, PACKET_IGNORE_OUTGOING, pack('i', 1)) or die "ignore outgoing: $!\n";
  } else {
    # What a bridge hands from port to port passes its own interface only when that is promiscuous.
    setsockopt($socket, SOL_PACKET, PACKET_ADD_MEMBERSHIP, pack('iSSx8', $index, PACKET_MR_PROMISC, 0))
      or die "promiscuous: $!\n";
  }
  bind($socket, pack('SnlSCCx8', AF_PACKET, ETH_P_ALL, $index, 0, 0, 0)) or die "bind: $!\n";
  return { name => $name, socket => $socket, address => $address, next => 0, received => 0, dropped => 0 };
}

# Writes what the kernel has handed over. True when there was anything.
sub readBlocks {
  my ($number, $interface) = @_;
  my $any = 0;
  while (1) {
    my $address = $interface->{address} + $interface->{next} * BLOCK_BYTES;
    my ($status, $frames, $offset, $length) = unpack('x8L4', memory($address, 24));
    last if !($status & 1);
    my $bytes = memory($address, $length);
    # Status 0 gives the block back to the kernel.
    syscall($SYS_read, fileno($zero), $address + 8, 4) == 4 or die "ring: $!\n";
    $interface->{next} = ($interface->{next} + 1) % BLOCKS;
    my @out;
    for (1 .. $frames) {
      my ($next, $seconds, $nanos, $kept, $whole, $mac) = unpack("x${offset}L5x4S", $bytes);
      my $time = $seconds * 1_000_000_000 + $nanos;
      my $padding = -$kept % 4;
      my $total = 32 + $kept + $padding;
      push @out, pack('L7', 6, $total, $number, $time >> 32, $time & 0xffffffff, $kept, $whole),
        substr($bytes, $offset + $mac, $kept), "\0" x $padding, pack('L', $total);
      $offset += $next;
    }
    writeAll(join('', @out));
    $any = 1;
  }
  return $any;
}

sub readStatistics {
  my ($interface) = @_;
  my $statistics = getsockopt($interface->{socket}, SOL_PACKET, PACKET_STATISTICS) or die "statistics: $!\n";
  my ($received, $dropped) = unpack('L2', $statistics);
  $interface->{received} += $received;
  $interface->{dropped} += $dropped;
}

# The terminal's signals are for the harness, which ends this in order.
$SIG{INT} = 'IGNORE';

my @interfaces = map { openInterface($_) } @names;
writeAll(block(0x0A0D0D0A, pack('LSSq', 0x1A2B3C4D, 1, 0, -1)) . join('', map {
  block(1, pack('SSL', LINKTYPE_ETHERNET, 0, SNAP_BYTES) . option(2, $_) . option(9, pack('C', 9)) . option(0, ''))
} @names));
syswrite($ready, "ready\n") or die "ready: $!\n";

my $watched = '';
vec($watched, fileno($_->{socket}), 1) = 1 for @interfaces;
vec($watched, fileno(STDIN), 1) = 1;
for (my $open = 1; $open;) {
  my $found = select(my $readable = $watched, undef, undef, 1);
  next if $found < 0 && $!{EINTR};
  die "select: $!\n" if $found < 0;
  readBlocks($_, $interfaces[$_]) for 0 .. $#interfaces;
  # A 32-bit counter of the kernel's, cleared by reading it.
  readStatistics($_) for @interfaces;
  if (vec($readable, fileno(STDIN), 1)) {
    my $read = sysread(STDIN, my $ignored, 4096);
    $open = 0 if defined $read && $read == 0;
  }
}

# From here on nothing more arrives; what has, is handed over when the kernel's own patience is over.
keepBytes($_->{socket}, 0) for @interfaces;
select(undef, undef, undef, 3 * RETIRE_MS / 1000);
readBlocks($_, $interfaces[$_]) for 0 .. $#interfaces;
for my $number (0 .. $#interfaces) {
  my $interface = $interfaces[$number];
  readStatistics($interface);
  my $time = int(POSIX::time() * 1_000_000_000);
  writeAll(block(5, pack('L3', $number, $time >> 32, $time & 0xffffffff)
    . option(4, pack('Q', $interface->{received})) . option(7, pack('Q', $interface->{dropped})) . option(0, '')));
}
