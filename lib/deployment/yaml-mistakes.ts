import { Composer, CST, Document, ErrorCode, LineCounter, Parser } from "yaml";

/** What is no YAML, and where in the text. */
export interface YamlMistake {
  readonly code: ErrorCode;
  readonly offset: number;
}

// as many as somebody reads; a text can be full of them.
const MAX_MISTAKES = 10;

/** What each of the YAML library's codes means, in words for somebody who writes a file. */
export const YAML_MISTAKES: Readonly<Record<ErrorCode, string>> = {
  ALIAS_PROPS: "an alias (*name) must not have an anchor or a tag",
  BAD_ALIAS: "an anchor (&name) or alias (*name) must have a name that does not end with ':'",
  BAD_COLLECTION_TYPE: "a tag (!name) is for another kind of value than the one behind it",
  BAD_DIRECTIVE: "a line that begins with % must be one that YAML knows",
  BAD_DQ_ESCAPE: "a \\ within double quotes must begin an escape that YAML has; write \\\\, or use single quotes",
  BAD_INDENT: "the line is indented by too much or too little, or a bracket above is not closed",
  BAD_PROP_ORDER: "an anchor or a tag must stand behind the '-', '?' or ':' of its value",
  BAD_SCALAR_START: "text that begins with such a character must stand in quotes",
  BLOCK_AS_IMPLICIT_KEY: "one line must not have two keys; text with ': ' in it must stand in quotes",
  BLOCK_IN_FLOW: "within brackets everything must be written with brackets",
  DUPLICATE_KEY: "a key must not stand twice in a section",
  IMPOSSIBLE: "this cannot be read",
  KEY_OVER_1024_CHARS: "a key must have its ':' within 1024 characters",
  MISSING_CHAR: "something is missing: a quote or bracket that closes, a comma, a ':' or a blank",
  MULTILINE_IMPLICIT_KEY: "a key must stand on one line, with ':' and a blank behind it",
  MULTIPLE_ANCHORS: "a value must have one anchor at most",
  MULTIPLE_DOCS: "there must be one deployment in a file, without --- between several",
  MULTIPLE_TAGS: "a value must have one tag at most",
  NON_STRING_KEY: "a key must be text",
  RESOURCE_EXHAUSTION: "it is nested too deeply",
  TAB_AS_INDENT: "lines must be indented with blanks, not with tabs",
  TAG_RESOLVE_FAILED: "a tag (!name) must be one that a deployment file can have, and fit its value",
  UNEXPECTED_TOKEN: "something stands here that does not belong here",
};

/** How the library says where something stands. */
type Place = number | readonly [start: number, ...more: number[]] | { readonly offset: number };

/** Ends the reading of a text that is full of mistakes. */
class Enough extends Error {}

/** The first document of a text, and what is no YAML in the text: the first mistakes, of however many. */
export function composed(text: string, lines: LineCounter): { document?: Document.Parsed; mistakes: YamlMistake[] } {
  const mistakes: YamlMistake[] = [];
  // keys that stand twice are looked for afterwards: the library compares each key with all others.
  const composer = new Composer({ merge: true, logLevel: "error", uniqueKeys: false, lineCounter: lines });
  const mistake = (place: Place, code: ErrorCode) => {
    // the composer takes the end of reading for a mistake of the text, once for each level.
    if (mistakes.length < MAX_MISTAKES) mistakes.push({ code, offset: offsetOf(place) });
    if (mistakes.length >= MAX_MISTAKES || code === "RESOURCE_EXHAUSTION") throw new Enough();
  };
  // the library collects every mistake, which takes long for thousands, and has no other way to stop it.
  composer["onError"] = (place: Place, code: ErrorCode, _message: string, warning?: boolean) => {
    // what it takes for text because it does not know the tag was meant as something else.
    if (warning !== true || code === "TAG_RESOLVE_FAILED" || code === "BAD_COLLECTION_TYPE") mistake(place, code);
  };
  function* tokens(): Generator<CST.Token> {
    for (const token of new Parser(lines.addNewLine).parse(text)) {
      // outside of any value the composer does not say so by onError.
      if (token.type === "error") mistake(token, "UNEXPECTED_TOKEN");
      else yield token;
    }
  }
  let first: Document.Parsed | undefined;
  try {
    for (const document of composer.compose(tokens(), true, text.length)) {
      if (first !== undefined) return { mistakes: [{ code: "MULTIPLE_DOCS", offset: document.range[0] }] };
      first = document;
    }
    for (const { code, pos } of first?.errors ?? []) mistake(pos[0], code);
  } catch (error) {
    if (!(error instanceof Enough)) throw error;
  }
  return { document: first, mistakes };
}

function offsetOf(place: Place): number {
  if (typeof place === "number") return place;
  return "offset" in place ? place.offset : place[0];
}
