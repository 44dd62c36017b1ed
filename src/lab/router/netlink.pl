# Hands a batch of netfilter's netlink messages (nfnetlink; hexadecimal, on standard input) to the kernel of the network namespace
# it is started in. Argument: how many of them ask to be acknowledged. Ends with 0 when all are; says the kernel's word otherwise.
# Perl, because Node opens no netlink sockets, and nft(8) is not on every machine; every Debian has this interpreter.
use strict;
use warnings;
use constant { AF_NETLINK => 16, SOCK_RAW => 3, NETLINK_NETFILTER => 12, NLMSG_ERROR => 2 };

my ($wanted) = @ARGV;
my $batch = pack('H*', join('', map { s/\s//gr } <STDIN>));
socket(my $socket, AF_NETLINK, SOCK_RAW, NETLINK_NETFILTER) or die "netlink: $!\n";
send($socket, $batch, 0, pack('SSLL', AF_NETLINK, 0, 0, 0)) or die "send: $!\n";
while ($wanted > 0) {
  defined recv($socket, my $answer, 65536, 0) or die "recv: $!\n";
  while (length $answer >= 16) {
    my ($length, $type, undef, $sequence) = unpack('LSSL', $answer);
    if ($type == NLMSG_ERROR) {
      $! = -unpack('x16l', $answer);
      die "message $sequence: $!\n" if $! != 0;
      $wanted--;
    }
    $answer = substr($answer, ($length + 3) & ~3);
  }
}
