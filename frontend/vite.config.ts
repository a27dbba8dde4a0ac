import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  base: "/static/dist/",
  plugins: [react()],
  build: {
    outDir: "../static/dist",
    emptyOutDir: true,
    manifest: true,
    // Inlined assets would need data: URLs, which the content security policy refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: {
        shell: "src/islands/shell.ts",
        "data-view": "src/islands/data-view.tsx",
        designer: "src/islands/designer.tsx",
        "table-designer": "src/islands/table-designer.tsx",
        "ui-gallery": "src/islands/ui-gallery.tsx",
      },
    },
  },
  test: { environment: "jsdom" },
});
