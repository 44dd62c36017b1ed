# Reads the kernel's audit records of a lab's hosts, whose processes it knows by their login uids, and writes them down as auditd would.
# Arguments: `read`, number of the descriptor for the file, of the one for answers, the run. Standard input: a line `UID HOST` for each
# host that is about to start, answered by `watching UID` or `failed UID WHY`; its end ends the sensor, after all that the kernel still
# holds is written. A file without the line `#end …` is not whole.
# Or: `remove`, then a run or nothing: removes the rules of a run, or those whose sensor is gone, and prints what it removed.
# netlink(7), linux/audit.h. Perl, because Node opens no netlink sockets, and every Debian has this interpreter (perl-base is essential).
use strict;
use warnings;
use IO::Handle;
use Socket qw(SOCK_RAW SOL_SOCKET SO_RCVBUF MSG_DONTWAIT);
use Errno;
use POSIX ();

use constant { NETLINK_AUDIT => 9, AF_NETLINK => 16, REQUEST => 1, ACK => 4, SO_RCVBUFFORCE => 33 };
use constant { GET => 1000, SET => 1001, ADD_RULE => 1011, DEL_RULE => 1012, LIST_RULES => 1013 };
use constant { ERROR => 2, DONE => 3, SYSCALL => 1300, EOE => 1320 };
my %names = (1300 => 'SYSCALL', 1302 => 'PATH', 1305 => 'CONFIG_CHANGE', 1306 => 'SOCKADDR', 1307 => 'CWD', 1309 => 'EXECVE',
  1317 => 'OBJ_PID', 1318 => 'TTY', 1320 => 'EOE', 1321 => 'BPRM_FCAPS', 1327 => 'PROCTITLE');

# Numbers of system calls are the machine's own.
my ($machine) = (POSIX::uname())[4];
die "no audit rules for $machine\n" unless $machine eq 'x86_64';

my $number = 0;
sub open_audit {
  socket(my $socket, AF_NETLINK, SOCK_RAW, NETLINK_AUDIT) or die "socket: $!\n";
  bind($socket, pack('SSLL', AF_NETLINK, 0, 0, $_[0])) or die "bind: $!\n";
  return $socket;
}
our $control = open_audit(0);

# Sends a request and waits for its answer: the payload of a reply of that type, or an empty one for an acknowledgement.
sub ask {
  my ($type, $payload) = @_;
  $number++;
  send($control, pack('LSSLL', 16 + length $payload, $type, REQUEST | ACK, $number, 0) . $payload, 0) or die "send: $!\n";
  my (@replies, $acknowledged);
  while (1) {
    defined recv($control, my $message, 1 << 16, 0) or ($!{EINTR} ? next : die "recv: $!\n");
    my (undef, $got, undef, $of) = unpack('LSSL', $message);
    do { take($message) if $got >= SYSCALL && defined &take; next } if $of != $number || $got >= SYSCALL;
    if ($got == ERROR) {
      $! = -unpack('l', substr($message, 16, 4));
      die "$!\n" if $! != 0;
      $acknowledged = 1;
    } elsif ($got == DONE) { return @replies }
    else { push @replies, substr($message, 16) }
    # The kernel answers from a thread of its own: the acknowledgement may come first.
    return @replies if $acknowledged && ($type != LIST_RULES) && ($type != GET || @replies);
  }
}

# mask, enabled, failure, pid, rate limit, backlog limit, lost, backlog, features, wait time
sub status { my ($status) = ask(GET, ''); return unpack('L10', $status) }
sub set { my ($bit, $at, $value) = @_; my @status = (0) x 10; $status[0] = $bit; $status[$at] = $value; ask(SET, pack('L11', @status, 0)) }

# A rule of the exit list: calls, fields as [field, value], and a key whose parts are separated as auditctl does.
sub rule {
  my ($calls, $fields, $name, $key) = @_;
  my $text = "$name\x01$key";
  my @mask = (0) x 64;
  $mask[$_ >> 5] |= 1 << ($_ & 31) for @$calls;
  my @all = (@$fields, [210, length $text]);
  my @padded = ((0) x (64 - @all));
  return pack('L3', 4, 2, scalar @all) . pack('L64', @mask) . pack('L64', (map { $_->[0] } @all), @padded)
    . pack('L64', (map { $_->[1] } @all), @padded) . pack('L64', ((0x40000000) x @all), @padded) . pack('L', length $text) . $text;
}

# As published rule sets have them: programs that start (execve, execveat), connections over IPv4 that came about.
sub rules_of {
  my ($uid, $key) = @_;
  my @host = ([11, 0xc000003e], [9, $uid]);
  return (rule([59, 322], [@host], 'exec', $key), rule([42], [@host, [202, 16], [104, 1]], 'network_connect_4', $key));
}

# Every rule of ours: itself, and of its key the run, the sensor's process, and whether auditing was on before it.
sub our_rules {
  return map {
    my $length = unpack('L', substr($_, 1036, 4));
    my ($run, $pid, $was) = substr($_, 1040, $length) =~ /\x01tocsin:([^:\x01]+):(\d+):([01])$/;
    defined $run ? { rule => $_, run => $run, pid => $pid, was => $was } : ();
  } ask(LIST_RULES, '');
}

sub is_reading {
  my ($pid, $run) = @_;
  open(my $line, '<', "/proc/$pid/cmdline") or return 0;
  local $/;
  return <$line> =~ /\0read\0\d+\0\d+\0\Q$run\E\0$/;
}

# The switch is the machine's: the last sensor that goes puts it back where the first found it.
sub switch_off { set(1, 1, 0) if $_[0] eq '0' && !our_rules() }

if ($ARGV[0] eq 'remove') {
  my $run = $ARGV[1];
  for my $one (our_rules()) {
    next if defined $run ? $one->{run} ne $run : is_reading($one->{pid}, $one->{run});
    ask(DEL_RULE, $one->{rule});
    switch_off($one->{was});
    print "audit rule of run $one->{run}\n";
  }
  exit 0;
}

my (undef, $file, $answers, $run) = @ARGV;
open(my $out, '>>&=', $file) or die "descriptor $file: $!\n";
open(my $say, '>>&=', $answers) or die "descriptor $answers: $!\n";
$_->autoflush(1) for $say, $out;

my @before = status();
my $was = $before[1] == 0 ? 0 : 1;
$was = $_->{was} for our_rules();
my $key = "tocsin:$run:$$:$was";
set(1, 1, 1) if $before[1] == 0;
set(16, 5, 8192) if $before[5] < 8192;

# Where no audit daemon is, the kernel would write the records to its own log: we are the daemon then. Else group 1, AUDIT_NLGRP_READLOG,
# has what the daemon gets.
my $is_daemon = $before[3] == 0;
my $records = open_audit($is_daemon ? 0 : 1);
setsockopt($records, SOL_SOCKET, SO_RCVBUFFORCE, 64 << 20) or setsockopt($records, SOL_SOCKET, SO_RCVBUF, 64 << 20);
{
  local $control = $records;
  set(4, 3, $$) if $is_daemon;
}

my (@rules, %watched, %open);
my ($missed, $written) = (0, 0);

sub watch {
  my ($uid, $host) = @_;
  for my $rule (rules_of($uid, $key)) { ask(ADD_RULE, $rule); push @rules, $rule }
  $watched{$uid} = 1;
  print $out "#host $uid $host\n";
}

# An event's first record is that of its system call, and says whose it is; what else has its number is its own. Nothing else is kept.
sub take {
  my (undef, $type) = unpack('LS', $_[0]);
  my $text = substr($_[0], 16);
  $text =~ s/\0.*//s;
  return unless $text =~ /^audit\((\d+\.\d+):(\d+)\): ?/;
  my $serial = $2;
  if ($type == SYSCALL) {
    return unless $text =~ / auid=(\d+) / && $watched{$1};
    $open{$serial} = 1;
  }
  return unless $open{$serial};
  delete $open{$serial} if $type == EOE;
  $text =~ s/\n/ /g;
  print $out 'type=', $names{$type} // "UNKNOWN[$type]", " msg=$text\n";
  $written++;
}

sub drain {
  while (1) {
    if (defined recv($records, my $message, 1 << 16, MSG_DONTWAIT)) { take($message) }
    elsif ($!{ENOBUFS}) { $missed++ }
    elsif ($!{EAGAIN}) { last }
    elsif (!$!{EINTR}) { die "recv: $!\n" }
  }
}

print $say "ready\n";
my $input = '';
while (1) {
  my $ready = '';
  vec($ready, fileno STDIN, 1) = 1;
  vec($ready, fileno $records, 1) = 1;
  select($ready, undef, undef, undef) < 0 and next;
  drain() if vec($ready, fileno $records, 1);
  next unless vec($ready, fileno STDIN, 1);
  my $got = sysread(STDIN, $input, 4096, length $input);
  last if defined $got && $got == 0;
  while ($input =~ s/^(\d+) (\S+)\n//) {
    my ($uid, $host) = ($1, $2);
    print $say eval { watch($uid, $host); 1 } ? "watching $uid\n" : "failed $uid $@";
  }
}
# What the kernel still holds comes before the rules go.
for (1 .. 50) {
  drain();
  last if (status())[7] == 0 && $_ > 2;
  select(undef, undef, undef, 0.02);
}
for my $rule (@rules) { eval { ask(DEL_RULE, $rule); 1 } or warn "rule: $@" }
my @after = status();
{
  local $control = $records;
  set(4, 3, 0) if $is_daemon;
}
set(16, 5, $before[5]) if $before[5] < 8192;
switch_off($was);
print $out "#end records=$written lost=", $after[6] - $before[6], " missed=$missed\n";
