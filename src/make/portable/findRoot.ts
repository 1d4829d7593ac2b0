/**
 * Runs in <head> of a portable site's page for wrong addresses, as text: a host shows it at any depth, where its relative links
 * and sheets lead nowhere. It goes up from the address that was asked for to the first folder that has the site's mark, and
 * counts them from there. Without scripts the page stays plain.
 */
export const findRoot = `document.addEventListener("DOMContentLoaded",async()=>{const up=location.pathname.split("/");for(let n=up.length-1;n>0;n--){const root=location.origin+up.slice(0,n).join("/")+"/";const mark=await fetch(root+"lora-live.txt").then(a=>a.ok?a.text():"",()=>"");if(!mark.startsWith("LoRA, live"))continue;for(const one of document.querySelectorAll("[href]")){const to=one.getAttribute("href");if(!/^([a-z]+:|#)/i.test(to))one.setAttribute("href",root+to)}break}})`;
