/**
 * Programs that every Windows has. A script that calls one which this persona lacks must not be told "not recognized": on Windows
 * it would have run, so the persona says that it is the one who cannot.
 */
const programs = new Set(
  `arp at attrib auditpol bcdedit bitsadmin bootcfg cacls certreq certutil chcp chkdsk choice cipher clip cmdkey cmstp comp compact
  conhost control convert cscript csc curl csvde dfsvc diskpart diskshadow dism dllhost dnscmd doskey driverquery dsquery esentutl
  eventcreate eventvwr expand explorer extexport extrac32 fc find findstr finger fltmc fodhelper forfiles format fsutil ftp
  getmac gpresult gpupdate hh hostname icacls ie4uinit iexplore installutil ipconfig label logman logoff makecab manage-bde
  mavinject mmc mode more mountvol msbuild msconfig msg mshta msiexec mstsc nbtstat net net1 netsh netstat nltest notepad nslookup
  ntdsutil odbcconf openfiles pathping pcalua ping pnputil powercfg powershell print pwsh qprocess query quser qwinsta rasdial reg regasm
  regedit regini regsvcs regsvr32 replace robocopy route rpcping runas rundll32 sc schtasks secedit sdbinst sethc setx sfc shutdown
  sort subst svchost syncappvpublishingserver systeminfo systempropertiesadvanced takeown tar taskhostw taskkill tasklist taskmgr
  telnet tftp timeout tpmvscmgr tracert tree tscon typeperf tzutil utilman vaultcmd verclsid vssadmin w32tm wbadmin werfault
  wevtutil where whoami wininit winrm winrs winver wmic wsl wscript wsreset wusa xcopy calc mspaint write ssh scp bash osk`.split(
    /\s+/,
  ),
);

/** Is it the name of a program of Windows itself, with or without folder and extension? */
export const isWindowsProgram = (name: string): boolean => {
  const [, folder = '', leaf = ''] = /^(.*\\)?([^\\]*)$/.exec(name) ?? [];
  if (folder !== '' && !/^(c:)?\\windows\\|^%(systemroot|windir)%/i.test(folder)) return false;
  return programs.has(leaf.toLowerCase().replace(/\.(exe|com|bat|cmd|msc|vbs)$/, ''));
};
