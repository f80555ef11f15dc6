import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Picture } from "../../extension/protocol.ts";
import { Link } from "./link.tsx";

interface PicturesProps {
  pictures: Picture[];
  /** Where they are from, for who can't see them. */
  from: string;
}

/** Pictures from a prompt or a tool. */
export function Pictures({ pictures, from }: PicturesProps): JSX.Element {
  return (
    <>
      {pictures.map((picture, i) => {
        const which = pictures.length > 1 ? ` ${i + 1} of ${pictures.length}` : "";
        return <Shown key={i} picture={picture} alt={`Picture${which} ${from}`} />;
      })}
    </>
  );
}

/** A larger one takes much memory when it is drawn, and is when somebody asks for it. */
const LARGE = 1024 * 1024;

function Shown({ picture: { type, base64 }, alt }: { picture: Picture; alt: string }): JSX.Element {
  const bytes = (base64.length * 3) / 4;
  const [shown, setShown] = useState(bytes < LARGE);
  if (shown) return <img src={`data:${type};base64,${base64}`} alt={alt} />;
  return (
    <p class="about">
      <Link onPress={() => setShown(true)}>{`Show the picture, ${(bytes / 1e6).toFixed(1)} MB`}</Link>
    </p>
  );
}
