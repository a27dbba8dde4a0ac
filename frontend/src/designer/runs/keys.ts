/** Names of what TanStack Query keeps for runs. */
export const keys = {
  runs: () => ["runs"] as const,
  runList: (workflow: string, status: string) => ["runs", workflow, status] as const,
  execution: (id: string) => ["execution", id] as const,
  nodes: (id: string) => ["execution-nodes", id] as const,
  logs: (id: string) => ["execution-logs", id] as const,
  version: (workflow: string, number: number) => ["version", workflow, number] as const,
  listening: (workflow: string) => ["listening", workflow] as const,
};
