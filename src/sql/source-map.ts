import type { Insertion } from './inject-ctes.js';

/** A stretch of a rendered text and where it comes from. Offsets count UTF-16 code units, ends are exclusive. */
export interface Segment {
  readonly start: number;
  readonly end: number;
  readonly sourceStart: number;
  readonly sourceEnd: number;
  /** Copied character by character; otherwise the whole stretch stands for the whole of the source stretch. */
  readonly verbatim: boolean;
}

/** The place in the template that a place in the rendered text comes from. */
export interface Origin {
  readonly offset: number;
  /** Set when only the expression is known that rendered it: its end. */
  readonly end?: number;
}

/** Where the pieces of a rendered text come from: segments in the order of the text, without overlap. */
export class SourceMap {
  readonly segments: readonly Segment[];

  constructor(segments: readonly Segment[]) {
    this.segments = segments;
  }

  /** The origin of the character at `offset`, or undefined for text that is not from the template. */
  originAt(offset: number): Origin | undefined {
    let low = 0;
    let high = this.segments.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const segment = this.segments[middle] as Segment;
      if (offset < segment.start) high = middle - 1;
      else if (offset >= segment.end) low = middle + 1;
      else if (segment.verbatim) return { offset: segment.sourceStart + (offset - segment.start) };
      else return { offset: segment.sourceStart, end: segment.sourceEnd };
    }
    return undefined;
  }

  /** The map of the text after texts were put in. `insertions` are in order of offset. */
  insert(insertions: readonly Insertion[]): SourceMap {
    if (insertions.length === 0) return this;
    const out: Segment[] = [];
    let added = 0;
    let next = 0;
    for (const segment of this.segments) {
      let rest = segment;
      for (; next < insertions.length; next++) {
        const { offset, text } = insertions[next] as Insertion;
        if (offset >= rest.end) break;
        if (offset > rest.start && rest.verbatim) {
          const cut = offset - rest.start;
          out.push(moved({ ...rest, end: offset, sourceEnd: rest.sourceStart + cut }, added));
          rest = { ...rest, start: offset, sourceStart: rest.sourceStart + cut };
        }
        added += text.length;
      }
      out.push(moved(rest, added));
    }
    return new SourceMap(out);
  }
}

function moved(segment: Segment, by: number): Segment {
  return by === 0 ? segment : { ...segment, start: segment.start + by, end: segment.end + by };
}
