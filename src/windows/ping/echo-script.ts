/**
 * Sends echo requests and shows what comes of each, as ping.exe does. Node has no raw sockets, and Perl is in every Debian. Its
 * arguments: address, count (0 for no end), bytes of data, time to wait in milliseconds, time to live, number of clock_gettime(2).
 */
export const echoScript = String.raw`
use strict; use Socket;
my ($address, $count, $size, $timeout, $ttl, $clock) = @ARGV;
$| = 1;
sub now { my $t = pack 'qq', 0, 0; syscall($clock + 0, 1, $t); my ($s, $n) = unpack 'qq', $t; return $s * 1000 + $n / 1e6 }
sub sum { my $s = 0; $s += $_ for unpack 'n*', $_[0] . (length($_[0]) % 2 ? "\0" : ''); $s = ($s >> 16) + ($s & 65535) while $s >> 16; return ~$s & 65535 }
socket(my $raw, PF_INET, SOCK_RAW, 1) or do { print "Unable to contact IP driver. General failure.\r\n"; exit 1 };
setsockopt($raw, 0, 2, pack 'i', $ttl);
my $data = substr('abcdefghijklmnopqrstuvw' x (1 + $size / 23), 0, $size);
my ($sent, $got, $least, $most, $all) = (0, 0, undef, 0, 0);
sub report {
  my $lost = $sent - $got;
  printf "\r\nPing statistics for %s:\r\n    Packets: Sent = %d, Received = %d, Lost = %d (%d%% loss),\r\n", $address, $sent, $got, $lost, $sent ? 100 * $lost / $sent : 0;
  printf "Approximate round trip times in milli-seconds:\r\n    Minimum = %dms, Maximum = %dms, Average = %dms\r\n", $least, $most, $all / $got if $got;
  exit($got ? 0 : 1);
}
$SIG{INT} = sub { report() };
while (!$count || $sent < $count) {
  $sent += 1;
  my $id = $$ & 65535;
  my $head = pack 'CCnnn', 8, 0, 0, $id, $sent;
  my $frame = pack('CCnnn', 8, 0, sum($head . $data), $id, $sent) . $data;
  my $began = now();
  if (!defined send($raw, $frame, 0, sockaddr_in(0, inet_aton($address)))) { print "PING: transmit failed. General failure.\r\n" }
  else {
    my $said;
    while (!defined $said) {
      my $left = $timeout - (now() - $began);
      my $set = ''; vec($set, fileno($raw), 1) = 1;
      if ($left <= 0 || !select($set, undef, undef, $left / 1000)) { $said = "Request timed out.\r\n"; last }
      my $from = recv($raw, my $packet, 65535, 0) or next;
      my $rest = substr $packet, 4 * (ord($packet) & 15);
      my ($type, $code, undef, $theirs, $number) = unpack 'CCnnn', $rest;
      my $peer = inet_ntoa((sockaddr_in($from))[1]);
      if ($type == 0 && $theirs == $id && $number == $sent) {
        my $time = int(now() - $began);
        $got += 1; $all += $time; $most = $time if $time > $most; $least = $time if !defined $least || $time < $least;
        $said = sprintf "Reply from %s: bytes=%d time%s TTL=%d\r\n", $peer, length($rest) - 8, $time < 1 ? '<1ms' : '=' . $time . 'ms', unpack 'x8C', $packet;
      } elsif ($type == 3 || $type == 11) {
        my $inner = substr $rest, 8;
        my (undef, undef, undef, $ours, $which) = unpack 'CCnnn', substr $inner, 4 * (ord($inner) & 15);
        next if $ours != $id || $which != $sent;
        # ping.exe counts an answer of this kind as received.
        $got += 1; $least = 0;
        my %why = (0 => 'Destination net unreachable.', 1 => 'Destination host unreachable.', 3 => 'Destination port unreachable.');
        $said = "Reply from $peer: " . ($type == 11 ? 'TTL expired in transit.' : $why{$code} // 'Destination host unreachable.') . "\r\n";
      }
    }
    print $said;
  }
  select undef, undef, undef, 1 if !$count || $sent < $count;
}
report();
`;
