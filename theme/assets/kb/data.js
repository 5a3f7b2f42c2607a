// The site's own data: from a server they are fetched, in the site of files a script hands them over.

/**
 * Data by their path in the site, without ".json"; null where the site has none; an error where they cannot be read.
 * @param {string} path @returns {Promise<any>}
 */
export async function readData(path) {
  if (globalThis.kbFiles) return globalThis.kbFiles.read(path);
  const answer = await fetch(new URL(`../../${path}.json`, import.meta.url));
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

/** What a reader is told when data of the site cannot be read. @param {string} next what helps where the net is back */
export const dataFault = (next = "tải lại trang") =>
  globalThis.kbFiles
    ? "Không đọc được một tệp dữ liệu của bản ngoại tuyến này: tệp thiếu hoặc hỏng, hoặc USB đã rút ra. Hãy giải nén lại cả tệp zip rồi mở lại trang."
    : `Không tải được dữ liệu của kho. Hãy kiểm tra đường mạng rồi ${next}.`;
