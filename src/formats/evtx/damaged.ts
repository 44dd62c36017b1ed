/** Bytes that are not what the format says. Never leaves this folder: whoever reads a record or a chunk counts it. */
export class Damaged extends Error {}
