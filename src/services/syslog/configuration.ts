/** rsyslog: everything that programs write to the socket, unlimited, as RFC 5424 with microseconds, to standard output. */
export const renderConfiguration = (socket: string): string => `# rsyslog of a lab host
module(load="imuxsock" SysSock.Use="on" SysSock.Name="${socket}" SysSock.RateLimit.Interval="0" SysSock.UsePIDFromSystem="on")
*.* action(type="omfile" file="/dev/stdout" template="RSYSLOG_SyslogProtocol23Format")
`;
