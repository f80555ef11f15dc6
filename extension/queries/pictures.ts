import { type Json, object, text } from "../clean/json.ts";
import type { Picture } from "../protocol.ts";

/** So many letters of pictures are handed on at once; the service itself takes no picture of more than 5 MB. */
const MOST = 8 * 1024 * 1024;
/** What a browser shows, and that can do nothing but be looked at. */
const KINDS = /^image\/(png|jpeg|gif|webp)$/;

/** The pictures in some blocks, up to the first that would be too much. */
export function picturesIn(blocks: Json[]): { pictures: Picture[]; cut: boolean } {
  const all = blocks.flatMap(({ type, source }) => (type === "image" ? pictureOf(object(source)) : []));
  let size = 0;
  const tooMuch = all.findIndex(({ base64 }) => {
    size += base64.length;
    return size > MOST;
  });
  return tooMuch < 0 ? { pictures: all, cut: false } : { pictures: all.slice(0, tooMuch), cut: true };
}

function pictureOf(source: Json): Picture[] {
  const [type, base64] = [text(source.media_type) ?? "", text(source.data)];
  return base64 !== undefined && KINDS.test(type) ? [{ type, base64 }] : [];
}
