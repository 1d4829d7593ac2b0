import "lora-widget/vue";
import {createApp} from "vue";
import FigurePage from "./FigurePage.vue";

createApp(FigurePage).mount("#app");
