/** The dimensions whose values are persons, at either moment. */
const PERSONS = ['person', 'manager', 'team'].flatMap((name) => [name, `${name}.now`]);

/** Whether the values of a dimension, or what stands under such a name in a list, are persons. */
export const isOfPersons = (name: string): boolean => PERSONS.includes(name);
