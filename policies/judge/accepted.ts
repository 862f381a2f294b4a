/** A policy that a deployment's file says it breaks, in so many words. */
export interface Exception {
  readonly policy: string;
  readonly because: string;
}

const COMMENT = /^(?:.*\s)?#\s*policy: accept (\S+) because (\S.*)$/;

/** What a deployment's file accepts: `# policy: accept regions because the pilot is in Norway`. */
export function exceptionsIn(file: string): Exception[] {
  return file.split(/\r?\n/).flatMap((line) => {
    const [, policy, because] = COMMENT.exec(line) ?? [];
    return policy === undefined || because === undefined ? [] : [{ policy, because: because.trim() }];
  });
}
