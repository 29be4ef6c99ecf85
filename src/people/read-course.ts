import { isIri } from '../xapi/iri.ts';
import {
  type JsonReader,
  lineOf,
  listOf,
  needed,
  numberFrom,
  objectOf,
  oneOf,
  optional,
  textOf,
} from '../xapi/json-reader.ts';
import { type Course, type CourseBlock, type CourseUnit, MOVE_ON } from './record.ts';

export const iri: JsonReader<string> = textOf(isIri, 'an IRI with a scheme');

/** How deep blocks may stand in each other. */
const MOST_DEPTH = 20;

const unit = objectOf<CourseUnit>({
  id: needed(iri),
  aliases: optional(listOf(iri)),
  title: optional(lineOf(500)),
  moveOn: optional(oneOf(MOVE_ON)),
  masteryScore: optional(numberFrom(0, 1)),
});

const blockMembers = (depth: number) => ({
  id: needed(iri),
  title: optional(lineOf(500)),
  units: optional(listOf(unit)),
  blocks: optional(listOf(blockAt(depth))),
});

const blockAt =
  (depth: number): JsonReader<CourseBlock> =>
  (value, at, problems) => {
    if (depth > MOST_DEPTH) {
      problems.push({ pointer: at, message: `Blocks stand at most ${MOST_DEPTH} deep in each other.` });
      return undefined;
    }
    return objectOf<CourseBlock>(blockMembers(depth + 1))(value, at, problems);
  };

export const course: JsonReader<Course> = objectOf<Course>({
  ...blockMembers(1),
  aliases: optional(listOf(iri)),
});
