/** The reader's date as it is written: 2026年11月22日. */
export function today() {
  const now = new Date();
  return now.getFullYear() + "年" + (now.getMonth() + 1) + "月" + now.getDate() + "日";
}
