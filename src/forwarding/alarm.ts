/** A sleep that can be ended. */
export type Alarm = {
  /** Until it is rung, or so many milliseconds have passed; not at all if it was rung since the last sleep. */
  sleep(milliseconds?: number): Promise<void>;
  ring(): void;
};

export const alarm = (): Alarm => {
  let rung = false;
  let wake: () => void = () => undefined;
  return {
    sleep: async (milliseconds) => {
      let timer: NodeJS.Timeout | undefined;
      if (!rung) {
        await new Promise<void>((awake) => {
          wake = awake;
          if (milliseconds !== undefined) timer = setTimeout(awake, milliseconds);
        });
      }
      clearTimeout(timer);
      rung = false;
    },
    ring: () => {
      rung = true;
      wake();
    },
  };
};
