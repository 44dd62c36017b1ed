const verbs = new Set(
  `Add Clear Close Compare Complete Compress Connect Convert ConvertFrom ConvertTo Copy Debug Disable Disconnect Dismount
  Enable Enter Exit Expand Export Find ForEach Format Get Grant Group Import Initialize Install Invoke Join Limit
  Measure Merge Mount Move New Out Pop Publish Push Read Receive Register Remove Rename Repair Reset Resize Resolve
  Restart Restore Resume Save Search Select Send Set Show Sort Split Start Stop Submit Suspend Switch Tee Test Trace
  Unblock Undo Uninstall Unregister Update Use Wait Where Write`
    .toLowerCase()
    .split(/\s+/),
);

const nouns = new Set(
  `Acl Alias AppxPackage Archive BitsTransfer Breakpoint ChildItem CimInstance CimSession Clipboard Command Computer
  ComputerInfo Connection Content Counter Credential Csv Culture Date DnsName Error Event EventLog ExecutionPolicy
  Expression File FileHash GridView Help History Host Html Item ItemProperty ItemPropertyValue Job Json LocalGroup
  LocalGroupMember LocalUser Location MailMessage Member Module MpComputerStatus MpPreference NetAdapter NetConnection
  NetFirewallRule NetIPAddress NetIPConfiguration NetTCPConnection Object PSDrive PSSession PSSnapin Package Path
  Process Property Random RestMethod ScheduledJob ScheduledTask ScheduledTaskAction ScheduledTaskTrigger SecureString
  Service SmbMapping SmbShare String TimeSpan TraceSource Transcript Type UICulture Unique Variable WSManInstance
  WebRequest WebServiceProxy WinEvent WmiMethod WmiObject Xml Table List Wide Custom CimMethod Volume Certificate PfxCertificate
  DiskImage PSRemoting SelfSignedCertificate WindowsOptionalFeature WindowsFeature Disk Partition PhysicalDisk NetFirewallProfile
  NetIPInterface NetRoute NetNeighbor DnsClientCache DnsClientServerAddress BitLockerVolume Tpm VpnConnection Printer HotFix Culture
  TimeZone StartApps AppxProvisionedPackage WindowsDriver PnpDevice CimClass CimAssociatedInstance WmiEvent ObjectEvent Transaction
  Progress Verbose Debug Warning Information Null Default Printer Job Session Unique MpThreat MpThreatDetection MpScan`
    .toLowerCase()
    .split(/\s+/),
);

/**
 * Is it the name of a command that a Windows 10 has? Calling one that this persona lacks "not recognized" would be untrue. Any
 * verb goes with any noun here: a name too many only makes a failure louder.
 */
export const isKnownCommand = (name: string): boolean => {
  const [verb = '', noun = '', ...more] = name.toLowerCase().split('-');
  return more.length === 0 && verbs.has(verb) && nouns.has(noun);
};
