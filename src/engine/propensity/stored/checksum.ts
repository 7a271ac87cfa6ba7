const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit += 1) rest = (rest >>> 1) ^ (rest & 1 ? 0xedb88320 : 0);
  return rest;
});

/** CRC-32 (ISO 3309). It finds damage; the digest, not this, shows that bytes are genuine. */
export function checksum(bytes: Uint8Array): number {
  let rest = 0xffffffff;
  for (let k = 0; k < bytes.length; k += 1) {
    rest = (rest >>> 8) ^ (TABLE[(rest ^ (bytes[k] ?? 0)) & 255] ?? 0);
  }
  return (rest ^ 0xffffffff) >>> 0;
}
