type Say = (line: string) => void;
export function setUp(say: Say, root?: string): Promise<boolean>;
export function setUpDependencies(say: Say, root?: string): Promise<boolean>;
export function setUpBuild(say: Say, root?: string): Promise<boolean>;
export function dependenciesMatch(root?: string): boolean;
export function sourceHash(root?: string): string;
