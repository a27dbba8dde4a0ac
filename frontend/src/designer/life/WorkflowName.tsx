/** Keeps the name that the server drew in the top bar in step with what it is now. */
import { useEffect } from "react";
import { useFacts } from "./facts";

export function WorkflowName() {
  const { name } = useFacts();
  useEffect(() => {
    const place = document.querySelector(".crumb-name bdi");
    if (place) place.textContent = name;
    document.title = `${name} · Exprsn`;
  }, [name]);
  return null;
}
