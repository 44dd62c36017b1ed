import type { Container } from 'dockerode';

/** How a container ended. One that the engine no longer knows has ended. */
export const endOf = async (container: Container): Promise<string> => {
  try {
    const { StatusCode: code } = (await container.wait({ condition: 'next-exit' })) as { readonly StatusCode: number };
    return `exit code ${code}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};
