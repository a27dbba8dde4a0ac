/** The files that items hold, each with the way to it. */
import { Download, File } from "lucide-react";
import { _, _n } from "../lib/i18n";
import { Disclosure } from "../ui/Disclosure";
import { hasPicture, sizeWords, type ItemFile } from "./files";
import "./data-parts.css";

/** More are looked for in the items themselves. */
const MOST = 50;

export function FileList({ files }: { readonly files: readonly ItemFile[] }) {
  if (files.length === 0) return null;
  const rest = files.length - MOST;
  return (
    <Disclosure className="file-list" label={_n("{n} file", "{n} files", files.length)} defaultOpen={files.length <= 3}>
      <ul>
        {files.slice(0, MOST).map((file) => (
          <li key={`${file.item} ${file.property}`}>
            <Row file={file} />
          </li>
        ))}
      </ul>
      {rest > 0 && <p className="data-note">{_n("… and {n} more", "… and {n} more", rest)}</p>}
    </Disclosure>
  );
}

function Row({ file }: { readonly file: ItemFile }) {
  const { item, property, name, type, size, url } = file;
  const facts = [type, size !== null && sizeWords(size), _("item {n}", { n: item + 1 }), property !== name && property].filter(Boolean).join(" · ");
  return (
    <>
      {hasPicture(file) ? <img src={url} alt="" width={40} height={40} loading="lazy" /> : <File size={16} aria-hidden="true" />}
      <span className="file-words">
        <bdi>{name}</bdi>
        <span className="sub">{facts}</span>
      </span>
      {url && (
        <a className="button ghost icon small" href={url} download={name} aria-label={_("Download {name}", { name })}>
          <Download size={14} aria-hidden="true" />
        </a>
      )}
    </>
  );
}
