import { elements, members } from './json-members.ts';

/** Gives what stands in place of the JSON value at `[start, end)` of the text; the text itself stays. */
export type Rewrite = (text: string, start: number, end: number) => string;

export const asIs: Rewrite = (text, start, end) => text.slice(start, end);

/** Rewrites the named members of an object; every other token of it stays as it was sent. */
export const inMembers = (rewrites: Readonly<Record<string, Rewrite>>): Rewrite => {
  const named = new Map(Object.entries(rewrites));
  return (text, start, end) => {
    let written = '';
    let from = start;
    for (const member of members(text, start)) {
      const rewrite = named.get(member.key);
      if (rewrite === undefined) continue;
      written += text.slice(from, member.start) + rewrite(text, member.start, member.end);
      from = member.end;
    }
    return written + text.slice(from, end);
  };
};

/** Rewrites each element of an array; a value that is no array is rewritten itself. */
export const inElements =
  (rewrite: Rewrite): Rewrite =>
  (text, start, end) => {
    if (text[start] !== '[') return rewrite(text, start, end);
    const written = elements(text, start).map((element) => rewrite(text, element.start, element.end));
    return `[${written.join(',')}]`;
  };

/** Keeps only the named members of an object, rewritten, in the order in which they were sent. */
export const onlyMembers = (rewrites: Readonly<Record<string, Rewrite>>): Rewrite => {
  const named = new Map(Object.entries(rewrites));
  return (text, start) => {
    const kept: string[] = [];
    for (const member of members(text, start)) {
      const rewrite = named.get(member.key);
      if (rewrite === undefined) continue;
      kept.push(text.slice(member.keyStart, member.start) + rewrite(text, member.start, member.end));
    }
    return `{${kept.join(',')}}`;
  };
};
