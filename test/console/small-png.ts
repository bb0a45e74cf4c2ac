// A picture of a page with as few colours as a page has: a palette in place of three bytes for each point.

import assert from 'node:assert/strict';
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Of a palette with one byte for each point. */
const MOST_COLOURS = 256;

const chunksOf = (png: Buffer): Map<string, Buffer> => {
  const chunks = new Map<string, Buffer>();
  for (let at = SIGNATURE.length; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    const data = png.subarray(at + 8, at + 8 + length);
    chunks.set(type, Buffer.concat([chunks.get(type) ?? Buffer.alloc(0), data]));
    at += length + 12;
  }
  return chunks;
};

const chunk = (type: string, data: Buffer): Buffer => {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
};

const paeth = (left: number, up: number, corner: number): number => {
  const guess = left + up - corner;
  const [byLeft, byUp, byCorner] = [left, up, corner].map((one) => Math.abs(guess - one)) as [
    number,
    number,
    number,
  ];
  if (byLeft <= byUp && byLeft <= byCorner) return left;
  return byUp <= byCorner ? up : corner;
};

/** Undoes the filters (PNG §9): the bytes of all points, row by row. */
const pointsOf = (filtered: Buffer, height: number, stride: number, size: number): Buffer => {
  const points = Buffer.alloc(height * stride);
  for (let row = 0; row < height; row += 1) {
    const filter = filtered[row * (stride + 1)];
    for (let column = 0; column < stride; column += 1) {
      const at = row * stride + column;
      const left = column >= size ? (points[at - size] ?? 0) : 0;
      const up = row > 0 ? (points[at - stride] ?? 0) : 0;
      const corner = row > 0 && column >= size ? (points[at - stride - size] ?? 0) : 0;
      const added = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter ?? 0] ?? 0;
      points[at] = ((filtered[row * (stride + 1) + 1 + column] ?? 0) + added) & 0xff;
    }
  }
  return points;
};

/** Colours that hardly differ are one. */
const COARSE = 0xf0f0f0;

/** By colour, its place in the palette: the most frequent ones, and for every other the nearest of those. */
const paletteOf = (
  colours: Uint32Array,
): { readonly palette: number[]; readonly places: Map<number, number> } => {
  const counts = new Map<number, number>();
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const byCount = [...counts].sort(([, left], [, right]) => right - left).map(([colour]) => colour);
  const seen = new Set<number>();
  const palette = byCount.filter((colour) => {
    const coarse = (colour & COARSE) >>> 0;
    return seen.size < MOST_COLOURS && !seen.has(coarse) && seen.add(coarse);
  });
  const parts = (colour: number): number[] => [colour >> 16, (colour >> 8) & 0xff, colour & 0xff];
  const distance = (one: number, other: number): number => {
    const right = parts(other);
    return parts(one).reduce((sum, part, index) => sum + (part - (right[index] ?? 0)) ** 2, 0);
  };
  const nearest = (colour: number): number =>
    palette.reduce(
      (best, one, place) => (distance(one, colour) < distance(palette[best] ?? 0, colour) ? place : best),
      0,
    );
  return { palette, places: new Map(byCount.map((colour) => [colour, nearest(colour)])) };
};

/** @param png of a browser: eight bits for each of three or four parts, not interlaced */
export const smallPng = (png: Buffer): Buffer => {
  const chunks = chunksOf(png);
  const header = Buffer.from(chunks.get('IHDR') ?? []);
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const size = header[9] === 6 ? 4 : 3;
  assert.ok(header[8] === 8 && (header[9] === 2 || header[9] === 6) && header[12] === 0);
  const points = pointsOf(inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0)), height, width * size, size);
  const colours = new Uint32Array(width * height);
  for (let at = 0; at < colours.length; at += 1) colours[at] = points.readUIntBE(at * size, 3);
  const { palette, places } = paletteOf(colours);
  const rows = Buffer.alloc(height * (width + 1));
  colours.forEach((colour, at) => {
    rows[at + Math.floor(at / width) + 1] = places.get(colour) ?? 0;
  });
  header[9] = 3;
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk(
      'PLTE',
      Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 0xff, colour & 0xff])),
    ),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};
