/** Says on stderr that the index is made anew, and why. */
export const tellDamage = ({ message }: Error): void => {
  console.error(`The index is damaged (${message}); it is made anew from the log.`);
};
