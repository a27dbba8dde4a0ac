import { useMemo, type ReactNode } from "react";
import { blocksOf, type Block } from "./markdown/blocks";
import { spansOf, type Span } from "./markdown/spans";
import { classes } from "./classes";
import "./markdown.css";

export interface MarkdownProps {
  text: string;
  className?: string | undefined;
  /** The level of a first-level heading in this page. */
  topLevel?: 1 | 2 | 3 | 4 | undefined;
}

/** Markdown as elements. Nothing in it becomes HTML by itself, so any text may be shown. */
export function Markdown({ text, className, topLevel = 3 }: MarkdownProps) {
  const blocks = useMemo(() => blocksOf(text), [text]);
  return <div className={classes("markdown", className)}>{blocks.map((block, at) => <BlockView key={at} block={block} topLevel={topLevel} />)}</div>;
}

function BlockView({ block, topLevel }: { block: Block; topLevel: number }): ReactNode {
  const inner = (blocks: readonly Block[]) => blocks.map((each, at) => <BlockView key={at} block={each} topLevel={topLevel} />);
  switch (block.kind) {
    case "heading": {
      const Heading = `h${Math.min(6, block.level + topLevel - 1)}` as "h1";
      return <Heading>{inline(block.text)}</Heading>;
    }
    case "paragraph":
      return <p>{inline(block.text)}</p>;
    case "code":
      return (
        <pre className="code" tabIndex={0}>
          <code>{block.text}</code>
        </pre>
      );
    case "rule":
      return <hr />;
    case "quote":
      return <blockquote>{inner(block.blocks)}</blockquote>;
    case "list": {
      const entries = block.entries.map((entry, at) => <li key={at}>{entry.length === 1 && entry[0]?.kind === "paragraph" ? inline(entry[0].text) : inner(entry)}</li>);
      return block.ordered ? <ol start={block.start}>{entries}</ol> : <ul>{entries}</ul>;
    }
    case "table":
      return <TableView {...block} />;
  }
}

function TableView({ aligns, head, rows }: Extract<Block, { kind: "table" }>) {
  const css = (at: number) => (aligns[at] && aligns[at] !== "start" ? `align-${aligns[at]}` : undefined);
  return (
    <div className="table-wrap" tabIndex={0}>
      <table className="table dense">
        <thead>
          <tr>{head.map((cell, at) => <th key={at} scope="col" className={css(at)}>{inline(cell)}</th>)}</tr>
        </thead>
        <tbody>
          {rows.map((row, place) => (
            <tr key={place}>{head.map((_, at) => <td key={at} className={css(at)}>{inline(row[at] ?? "")}</td>)}</tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function inline(text: string): ReactNode {
  return spansOf(text).map(view);
}

function view(span: Span, at: number): ReactNode {
  switch (span.kind) {
    case "text":
      return span.text;
    case "code":
      return <code key={at}>{span.text}</code>;
    case "break":
      return <br key={at} />;
    case "link":
      return (
        <a key={at} href={span.href} {...(span.href.startsWith("#") ? {} : { target: "_blank", rel: "noopener noreferrer nofollow" })}>
          {span.spans.map(view)}
        </a>
      );
    default: {
      const Tag = span.kind;
      return <Tag key={at}>{span.spans.map(view)}</Tag>;
    }
  }
}
