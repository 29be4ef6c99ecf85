/** The statement as xAPI defines it, after validation. What is stored is its text; these shapes are for reading it. */
export type Statement = {
  readonly id?: string;
  readonly actor: Actor;
  readonly verb: Verb;
  readonly object: StatementObject;
  readonly result?: Result;
  readonly context?: Context;
  readonly timestamp?: string;
  readonly stored?: string;
  readonly authority?: Actor;
  readonly version?: string;
  readonly attachments?: readonly Attachment[];
};

/** The two families of the standard that Cairn speaks; a family answers with its latest patch. */
export type Family = '1.0.3' | '2.0.0';

export type LanguageMap = Readonly<Record<string, string>>;
export type Extensions = Readonly<Record<string, unknown>>;

/** An inverse functional identifier and nothing else. */
export type Identifier = {
  readonly mbox?: string;
  readonly mbox_sha1sum?: string;
  readonly openid?: string;
  readonly account?: Account;
};

export type Account = { readonly homePage: string; readonly name: string };

export type Agent = Identifier & { readonly objectType?: 'Agent'; readonly name?: string };
export type Group = Identifier & {
  readonly objectType: 'Group';
  readonly name?: string;
  readonly member?: readonly Agent[];
};
export type Actor = Agent | Group;

export type Verb = { readonly id: string; readonly display?: LanguageMap };

export type InteractionComponent = { readonly id: string; readonly description?: LanguageMap };
export type Definition = {
  readonly name?: LanguageMap;
  readonly description?: LanguageMap;
  readonly type?: string;
  readonly moreInfo?: string;
  readonly extensions?: Extensions;
  readonly interactionType?: string;
  readonly correctResponsesPattern?: readonly string[];
  readonly choices?: readonly InteractionComponent[];
  readonly scale?: readonly InteractionComponent[];
  readonly source?: readonly InteractionComponent[];
  readonly target?: readonly InteractionComponent[];
  readonly steps?: readonly InteractionComponent[];
};
export type Activity = {
  readonly objectType?: 'Activity';
  readonly id: string;
  readonly definition?: Definition;
};
export type StatementRef = { readonly objectType: 'StatementRef'; readonly id: string };
export type SubStatement = {
  readonly objectType: 'SubStatement';
  readonly actor: Actor;
  readonly verb: Verb;
  readonly object: Activity | Agent | Group | StatementRef;
  readonly result?: Result;
  readonly context?: Context;
  readonly timestamp?: string;
  readonly attachments?: readonly Attachment[];
};
export type StatementObject = Activity | Agent | Group | StatementRef | SubStatement;

export type Score = {
  readonly scaled?: number;
  readonly raw?: number;
  readonly min?: number;
  readonly max?: number;
};
export type Result = {
  readonly score?: Score;
  readonly success?: boolean;
  readonly completion?: boolean;
  readonly response?: string;
  readonly duration?: string;
  readonly extensions?: Extensions;
};

/** Sent as one activity or a list of them; stored as a list. */
export type ContextActivities = Readonly<
  Partial<Record<'parent' | 'grouping' | 'category' | 'other', Activity | readonly Activity[]>>
>;
export type Context = {
  readonly registration?: string;
  readonly instructor?: Actor;
  readonly team?: Group;
  readonly contextActivities?: ContextActivities;
  readonly contextAgents?: readonly {
    readonly objectType: 'contextAgent';
    readonly agent: Agent;
    readonly relevantTypes?: readonly string[];
  }[];
  readonly contextGroups?: readonly {
    readonly objectType: 'contextGroup';
    readonly group: Group;
    readonly relevantTypes?: readonly string[];
  }[];
  readonly revision?: string;
  readonly platform?: string;
  readonly language?: string;
  readonly statement?: StatementRef;
  readonly extensions?: Extensions;
};

export type Attachment = {
  readonly usageType: string;
  readonly display: LanguageMap;
  readonly description?: LanguageMap;
  readonly contentType: string;
  readonly length: number;
  readonly sha2: string;
  readonly fileUrl?: string;
};
