/** The agent's user and group in a container: its own, so that no test can signal it. */
export const agentUser = 64_000;
