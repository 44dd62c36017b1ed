/** Windows' own numbers for how a query ended (winerror.h, windns.h). */
export const dnsStatus = {
  ok: 0,
  timeout: 1460,
  badPacket: 9502,
  noRecords: 9501,
  nameError: 9003,
} as const;

const byResponseCode: Readonly<Record<string, number>> = {
  NOERROR: 0,
  FORMERR: 9001,
  SERVFAIL: 9002,
  NXDOMAIN: dnsStatus.nameError,
  NOTIMP: 9004,
  REFUSED: 9005,
  YXDOMAIN: 9006,
  YXRRSET: 9007,
  NXRRSET: 9008,
  NOTAUTH: 9009,
  NOTZONE: 9010,
};

export const statusOf = (responseCode: string): number => byResponseCode[responseCode] ?? dnsStatus.badPacket;
