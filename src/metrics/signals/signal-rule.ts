import type { Activity } from '../../xapi/statement.ts';
import { EVIDENCE } from '../fact.ts';
import { SIGNALS } from '../signal.ts';
import type { IrisOf } from './iri-names.ts';
import { type ApplicationRow, type SignalRow, TYPE_GROUPS, type TypeGroup } from './signal-source.ts';

/** What rows may ask of a statement. */
export type Shape = {
  /** Verb and type have no slash at the end. */
  readonly verb: string;
  readonly object: 'Activity' | 'Agent' | 'Group' | 'StatementRef';
  readonly type: string | undefined;
  /** Bits of {@link TYPE_GROUPS} of the object's type. */
  readonly groups: number;
  readonly categories: readonly Activity[];
  readonly platform: string | undefined;
  readonly isWorkPlatform: boolean;
  /** Where the skill was used, as far as that is said. */
  readonly where: 'work' | 'simulation' | undefined;
  readonly observer: 'none' | 'self' | 'other';
  readonly completion: boolean | undefined;
  readonly success: boolean | undefined;
  readonly isScored: boolean;
};

type Condition = (shape: Shape) => boolean;

/** A row made ready. */
export type SignalRule = {
  readonly conditions: readonly Condition[];
  /** Bits of {@link SIGNALS}. */
  readonly signals: number;
  readonly byOthers: boolean;
  readonly isAboutObject: boolean;
  readonly expandsGroup: boolean;
};

export type ApplicationRule = { readonly conditions: readonly Condition[]; readonly evidence: number };

/** Whether all conditions of a rule hold. */
export const applies = (conditions: readonly Condition[], shape: Shape): boolean => {
  for (const condition of conditions) if (!condition(shape)) return false;
  return true;
};

export const compileRow = (row: SignalRow, irisOf: IrisOf): SignalRule => ({
  conditions: [...objectConditions(row, irisOf), ...circumstances(row)],
  signals: row.signals.reduce((bits, signal) => bits | SIGNALS[signal], 0),
  byOthers: row.byOthers === true || row.subject === 'object',
  isAboutObject: row.subject === 'object',
  expandsGroup: row.expandsGroup === true,
});

export const compileApplication = (row: ApplicationRow, irisOf: IrisOf): ApplicationRule => {
  const { verbs, observer, source, judged, scored } = row;
  const conditions: Condition[] = [];
  if (verbs !== undefined) {
    const iris = irisOf(verbs);
    conditions.push(({ verb }) => iris.has(verb));
  }
  if (observer !== undefined) conditions.push((shape) => shape.observer === observer);
  if (source !== undefined) conditions.push((shape) => shape.isWorkPlatform === (source === 'system'));
  if (judged !== undefined) conditions.push((shape) => isJudged(shape) === judged);
  if (scored !== undefined) conditions.push((shape) => shape.isScored === scored);
  return { conditions, evidence: EVIDENCE[row.evidence] };
};

const isJudged = ({ isScored, success }: Shape): boolean => isScored || success !== undefined;

const objectConditions = ({ objects, types, categories }: SignalRow, irisOf: IrisOf): Condition[] => {
  const conditions: Condition[] = [];
  if (objects !== undefined) conditions.push(({ object }) => objects.includes(object));
  if (types !== undefined) conditions.push(typeCondition(types, irisOf));
  if (categories !== undefined) {
    const iris = irisOf(categories);
    conditions.push((shape) => shape.categories.some(({ id }) => iris.has(id)));
  }
  return conditions;
};

const typeCondition = (types: readonly string[], irisOf: IrisOf): Condition => {
  const groups = types.filter((type) => type.startsWith('@'));
  const mask = groups.reduce((bits, group) => bits | TYPE_GROUPS[group.slice(1) as TypeGroup], 0);
  const iris = irisOf(types.filter((type) => !type.startsWith('@')));
  return (shape) => (shape.groups & mask) !== 0 || (shape.type !== undefined && iris.has(shape.type));
};

const circumstances = ({
  platforms,
  where,
  completion,
  success,
  scored,
  observed,
}: SignalRow): Condition[] => {
  const conditions: Condition[] = [];
  if (platforms !== undefined)
    conditions.push(({ platform }) => platform !== undefined && platforms.includes(platform));
  if (where !== undefined) conditions.push((shape) => shape.where === where);
  if (completion !== undefined) conditions.push((shape) => shape.completion === completion);
  if (success !== undefined) conditions.push((shape) => shape.success === success);
  if (scored !== undefined) conditions.push((shape) => shape.isScored === scored);
  if (observed !== undefined) conditions.push((shape) => (shape.observer === 'other') === observed);
  return conditions;
};
