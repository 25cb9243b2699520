// Comforts of every page. Each page works without them.
import { focusErrorSummary } from "./error_summary.js";
import { guardTypedText } from "./typed_text.js";
import { sendOnce } from "./send_once.js";

focusErrorSummary(document);
guardTypedText(document, window);
sendOnce(document, window);
