/** Loads the element: before the page is drawn, or when its button is pressed, as an effect does on a slow connection. */
const query = new URLSearchParams(location.search);
const load = () => import(/* @vite-ignore */ query.get("module"));

if (query.has("first")) await load();
else addEventListener("click", ({target}) => target.id === "load" && load());
