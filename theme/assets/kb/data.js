// The site's own data: from a server they are fetched, in the site of files a script hands them over.

/**
 * Data by their path in the site, without ".json"; null where the site has none.
 * @param {string} path @returns {Promise<any>}
 */
export async function readData(path) {
  if (globalThis.kbFiles) return globalThis.kbFiles.read(path);
  const answer = await fetch(new URL(`../../${path}.json`, import.meta.url));
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}
