import { gzipSync } from 'node:zlib';

/** Text, a symbolic or hard link, a device, a directory. */
export type TarEntry =
  | string
  | { readonly link: string }
  | { readonly hard: string }
  | { readonly device: true }
  | { readonly directory: true };
export type TarEntries = { readonly [path: string]: TarEntry };

/** A .tar.gz of exactly these entries, also of such that no archiver makes. Paths up to 100 bytes. */
export function tarball(entries: TarEntries): Buffer {
  const blocks = Object.entries(entries).flatMap(([path, entry]) => {
    const data = Buffer.from(typeof entry === 'string' ? entry : '');
    return [header(path, entry, data.length), data, Buffer.alloc((512 - (data.length % 512)) % 512)];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

function header(path: string, entry: TarEntry, size: number): Buffer {
  const block = Buffer.alloc(512);
  const kind =
    typeof entry === 'string' ? '0' : 'link' in entry ? '2' : 'hard' in entry ? '1' : 'device' in entry ? '3' : '5';
  const target = typeof entry === 'string' ? '' : 'link' in entry ? entry.link : 'hard' in entry ? entry.hard : '';
  const octal = (value: number, length: number): string => `${value.toString(8).padStart(length - 1, '0')}\0`;
  block.write(path, 0, 100);
  block.write(octal(kind === '5' ? 0o755 : 0o644, 8), 100);
  block.write(octal(0, 8), 108);
  block.write(octal(0, 8), 116);
  block.write(octal(size, 12), 124);
  block.write(octal(1_700_000_000, 12), 136);
  block.write('        ', 148);
  block.write(kind, 156);
  block.write(target, 157, 100);
  block.write('ustar\x0000', 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}
