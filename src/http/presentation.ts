/** How statements are to be shown, and to whom. */
export type Presentation = {
  readonly format: 'exact' | 'ids' | 'canonical';
  readonly attachments: boolean;
  readonly language: string | undefined;
  /** Whether the reader sees only its own statements. */
  readonly isMine: boolean;
  /** Whether the reader may know what others have said of activities. */
  readonly knowsActivities: boolean;
  /** Whether only the headers of the answer are wanted. */
  readonly isHead: boolean;
};
