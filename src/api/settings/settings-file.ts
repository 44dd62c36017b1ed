/** In the folder of a project. */
export const settingsFile = 'tocsin.yaml';
