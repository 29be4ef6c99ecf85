/** Where attachments' bytes are kept, by their SHA-2 in lower-case hex. They are stored with their statements. */
export type AttachmentStore = {
  get(sha2: string): Promise<StoredAttachment | undefined>;
  /** How many bytes it has, told without reading them; undefined when it is not here. */
  lengthOf(sha2: string): Promise<number | undefined>;
};

export type StoredAttachment = { readonly sha2: string; readonly contentType: string; readonly body: Buffer };
