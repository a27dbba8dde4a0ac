/** `toast(text, kind, { action })`: the page's own toasts, so templates and islands speak in one place. */
export { toast, type ToastKind, type ToastOptions } from "../shell/toasts";
